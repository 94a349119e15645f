"""Whose row is open: of the season's lists, as it was known on the day."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.watchlists.ledgers import DAY, SEASON
from watchlists.ledger.returned import RETURNED, returned_households


def row(**changes):
    """A row of H1, whose date was no date, set aside on 3 February."""
    plain = {"source_kind": "folder", "season": SEASON, "county_id": "C1", "household_id": "H1"}
    return SimpleNamespace(**{**plain, "read_on": "2026-02-03", **changes})


def test_a_household_is_named_once_however_many_of_its_rows_are_open():
    open_rows = returned_households([row(), row(), row(household_id="H2")], "folder", SEASON, DAY)
    assert open_rows.rows() == [("C1", "H1"), ("C1", "H2")]


@pytest.mark.parametrize(
    "change", [{"source_kind": "simulator"}, {"season": "2025Q3"}, {"read_on": "2026-02-11"}]
)
def test_rows_of_another_source_season_or_later_day_do_not_count(change):
    assert returned_households([row(**change)], "folder", SEASON, DAY).is_empty()


def test_where_nothing_was_set_aside_nobody_is_named():
    assert returned_households([], "folder", SEASON, date(2026, 1, 1)).schema == RETURNED
