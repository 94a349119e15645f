"""Whose workbook it is, and how far the township is."""

import pytest

from tests.watchlists.desk import Desk
from tests.watchlists.handed_out import FOUND

STANDING = ("place", "listed", "visited")


@pytest.fixture
def desk(tmp_path):
    """T1 has three listed households, T2 one."""
    return Desk(tmp_path, "H1", "H2", "H3", {"household_id": "H4", "township_id": "T2"})


def standing(done):
    return done.ledger.select(STANDING).row(0)


def test_a_household_counts_once_however_often_it_was_visited_and_not_where_nobody_was_met(desk):
    rows = {
        2: FOUND,
        3: {**FOUND, "result": "户主不在家"},
        6: {**FOUND, "household_id": "H1", "visited_on": "2026-02-09"},
    }
    assert standing(desk.read(desk.book("a.xlsx", rows))) == ("C1 T1", 3, 1)


def test_what_earlier_readings_left_counts_and_what_was_withdrawn_does_not(desk):
    desk.read(desk.book("a.xlsx", {2: FOUND, 3: FOUND}))
    assert standing(desk.read(desk.book("b.xlsx", {4: FOUND}))) == ("C1 T1", 3, 3)
    assert standing(desk.read(desk.book("c.xlsx", {2: {"result": "撤销"}}))) == ("C1 T1", 3, 2)


def test_a_township_whose_id_begins_with_its_county_is_named_once(tmp_path):
    desk = Desk(tmp_path, {"household_id": "H1", "county_id": "530904", "township_id": "530904T05"})
    assert standing(desk.read(desk.book("a.xlsx", {2: FOUND}))) == ("530904T05", 1, 1)


def test_a_workbook_without_a_listed_household_is_of_no_township(desk):
    nobody = {row: {"household_id": f"X{row}", "note": "?"} for row in range(2, 6)}
    assert standing(desk.read(desk.book("a.xlsx", nobody))) == ("", 0, 0)
