"""A chain that lost its end, or all of it, is told from one that never had it."""

import shutil

import pytest

from register.errors import StoreError
from register.keys.chain_head import ChainHead
from register.keys.sealed_chain import SealedChain

REMEDY = "restore the folder from its safe copy"


@pytest.fixture
def chain(tmp_path):
    made = SealedChain(tmp_path / "visits", tmp_path / "keys" / "seal.key", REMEDY)
    for name in ("one", "two", "three"):
        made.append({"name": name})
    return made


@pytest.mark.parametrize("left", [0, 1, 2])
def test_a_cut_tail_is_seen(chain, left):
    for path in sorted(chain.folder.iterdir())[left:]:
        path.unlink()
    with pytest.raises(StoreError, match=f"3 entries had been written, {left} are there") as refused:
        chain.entries()
    assert REMEDY in str(refused.value)


def test_a_folder_that_is_gone_is_seen(chain):
    shutil.rmtree(chain.folder)
    with pytest.raises(StoreError, match="3 entries had been written, 0 are there"):
        chain.entries()


def test_an_office_that_knows_of_the_loss_goes_on(chain, tmp_path):
    (chain.folder / "000003.json").unlink()
    ChainHead(chain.folder, tmp_path / "keys" / "seal.key").path.unlink()
    assert chain.entries() == [{"name": "one"}, {"name": "two"}]


def test_a_death_between_an_entry_and_its_head_loses_nothing(chain, tmp_path):
    head = ChainHead(chain.folder, tmp_path / "keys" / "seal.key")
    before = head.path.read_bytes()
    chain.append({"name": "four"})
    head.path.write_bytes(before)
    assert len(chain.entries()) == 4


def test_a_head_for_its_owner_alone_is_sealed(chain, tmp_path):
    head = ChainHead(chain.folder, tmp_path / "keys" / "seal.key")
    assert head.path.parent.stat().st_mode & 0o777 == 0o700
    head.path.write_bytes(head.path.read_bytes().replace(b"3", b"2", 1))
    with pytest.raises(StoreError, match="damaged"):
        chain.entries()
