"""Another key gives every household another id and changes nothing else of it."""

import polars as pl
import pytest

from pipelines.workspace.workspace import HERE, Workspace
from register.atomic import read_parquet
from register.store import Register
from studies.draws.rekeyed import KEYS, rekey
from tests.pipelines.small_county import county

OLD = "household_id"


@pytest.fixture
def office(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_features_and_register_are_those_of_the_same_households_under_other_ids(office):
    built = county(office)
    other = Workspace(office / "other")
    rekey(HERE, other, b"another key")
    again = read_parquet(other.features / "c1.parquet")
    assert not set(again[OLD]) & set(built[OLD])
    assert again.sort(KEYS).equals(again)
    assert again.drop(OLD).sort(pl.all()).equals(built.drop(OLD).sort(pl.all()))
    mine, theirs = (Register(one.register).shard("c1").tables for one in (HERE, other))
    assert {name: len(table) for name, table in mine.items()} == {
        name: len(table) for name, table in theirs.items()
    }
    assert set(again[OLD]) <= set(theirs["households"][OLD])


def test_a_household_has_one_new_id_in_every_table(office):
    county(office)
    rekey(HERE, Workspace(office / "a"), b"a")
    rekey(HERE, Workspace(office / "b"), b"b")
    ids = [
        set(Register(office / one / "artifacts/register").shard("c1").tables["income"][OLD]) for one in "ab"
    ]
    assert len(ids[0]) == len(ids[1])
    assert not ids[0] & ids[1]
