"""A visit told under the household's own number is a visit to the household of the list."""

import polars as pl

from tests.watchlists.handed_out import FOUND, filled, released
from watchlists.lookbacks.own_numbers import with_listed_ids
from watchlists.lookbacks.sheet import read_filled

KEPT = {"0530623001": "H2"}


def test_own_numbers_become_ids_of_the_list_and_all_else_stays(tmp_path):
    """Row 2 was told under its own number; row 3 under one that leads to no listed household."""
    release = released(tmp_path, "H1", "H2", "H3")
    own, other = ({**FOUND, "household_id": one} for one in ("0530623001", "0530623009"))
    read = read_filled(filled(release, tmp_path / "a.xlsx", {2: own, 3: other, 4: FOUND}))
    named = with_listed_ids(read, release.list["household_id"], lambda one: KEPT.get(one, "nobody"))
    assert named.sheet.frame["household_id"].to_list() == ["H2", "0530623009", "H3"]
    assert named.filled.to_list() == [True] * 3


def test_a_workbook_without_strays_is_as_it_was_and_asks_for_no_key(tmp_path):
    release = released(tmp_path, "H1")
    read = read_filled(filled(release, tmp_path / "a.xlsx", {2: FOUND}))

    def ask(_):
        raise AssertionError

    assert with_listed_ids(read, pl.Series(["H1"]), ask) is read
