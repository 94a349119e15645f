"""A chain is only added to: whoever takes an entry away, changes or reorders one is found out."""

import pytest

from register.errors import StoreError
from register.keys.sealed_chain import SealedChain

REMEDY = "restore the folder from its safe copy"


@pytest.fixture
def chain(tmp_path):
    made = SealedChain(tmp_path / "decisions", tmp_path / "keys" / "seal.key", REMEDY)
    for name in ("one", "two", "three"):
        made.append({"name": name})
    return made


def test_entries_come_back_in_order_without_what_binds_them(chain):
    assert chain.entries() == [{"name": "one"}, {"name": "two"}, {"name": "three"}]


def test_a_chain_that_was_never_written_to_is_empty(tmp_path):
    empty = SealedChain(tmp_path / "none", tmp_path / "seal.key", REMEDY)
    assert empty.entries() == []
    assert not empty.folder.exists()


def test_folder_and_entries_are_for_their_owner_alone(chain):
    assert chain.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in chain.folder.iterdir()} == {0o600}


def test_an_entry_that_was_taken_out_is_missed(chain):
    (chain.folder / "000002.json").unlink()
    with pytest.raises(StoreError) as refused:
        chain.entries()
    assert str(refused.value) == f"{chain.folder / '000002.json'}: missing; {REMEDY}"


def test_an_entry_in_the_place_of_another_does_not_follow(chain):
    second, third = chain.folder / "000002.json", chain.folder / "000003.json"
    second.write_bytes(third.read_bytes())
    with pytest.raises(StoreError) as refused:
        chain.entries()
    assert str(refused.value) == f"{second}: does not follow the one before it; {REMEDY}"


def test_a_changed_entry_is_noticed(chain):
    path = chain.folder / "000001.json"
    path.write_bytes(path.read_bytes().replace(b"one", b"own"))
    with pytest.raises(StoreError, match="missing, damaged or not sealed"):
        chain.entries()


def test_an_entry_never_takes_the_place_of_one_that_was_added_meanwhile(tmp_path, monkeypatch):
    """Two machines share the folder: both count one entry and write the second."""
    chain = SealedChain(tmp_path / "chain", tmp_path / "seal.key", "restore it")
    chain.append({"by": "first"})
    slow = SealedChain(tmp_path / "chain", tmp_path / "seal.key", "restore it")
    before = chain._paths()
    monkeypatch.setattr(slow, "_paths", lambda: before)
    second = chain.append({"by": "second"})
    with pytest.raises(StoreError, match="was added by another command meanwhile; run again"):
        slow.append({"by": "late"})
    assert [entry["by"] for entry in chain.entries()] == ["first", "second"]
    assert sorted(path.name for path in second.parent.iterdir()) == ["000001.json", "000002.json"]
