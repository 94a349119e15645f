"""A chain is only added to: whoever takes an entry away, changes or reorders one is found out."""

import os

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


def test_of_two_who_add_at_once_neither_destroys_what_the_other_wrote(chain, tmp_path, monkeypatch):
    """Two machines share the folder: the second counted before the first had written."""
    slow = SealedChain(chain.folder, tmp_path / "keys" / "seal.key", REMEDY)
    counted = slow._paths()
    chain.append({"name": "four"})
    monkeypatch.setattr(slow, "_paths", lambda: counted)
    with pytest.raises(StoreError, match="written by somebody else meanwhile"):
        slow.append({"name": "lost"})
    assert [entry["name"] for entry in chain.entries()] == ["one", "two", "three", "four"]


def test_another_end_is_refused_without_opening_any_entry(tmp_path):
    chain = SealedChain(tmp_path / "acts", tmp_path / "keys" / "seal.key", "restore it")
    chain.refuse_other_end()
    chain.append({"act": "one"})
    last = chain.append({"act": "two"})
    chain.refuse_other_end()
    last.unlink()
    with pytest.raises(StoreError, match="2 entries had been written, 1 are there"):
        chain.refuse_other_end()


def test_what_a_killed_writer_left_goes_with_the_next_entry_and_what_is_being_written_stays(chain):
    """A note of an hour ago is nobody's any more; another machine may be at the other one now."""
    old, new = (chain.folder / f".00000{number}.json.{number}-ab.tmp" for number in (8, 9))
    for path in (old, new):
        path.write_text("half", encoding="utf-8")
    os.utime(old, (0, 0))
    chain.append({"name": "four"})
    assert not old.exists()
    assert new.exists()
    assert len(chain.entries()) == 4
