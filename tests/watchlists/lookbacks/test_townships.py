"""Whose workbook it is, the list says: not the name of the file, not who has the most rows of nobody."""

import pytest

from tests.watchlists.handed_out import filled, released
from watchlists.lookbacks.sheet import read_filled
from watchlists.lookbacks.townships import NOWHERE, places_of, township_of

TWO = ("H1", {"household_id": "H2", "township_id": "T2"}, {"household_id": "H3", "township_id": "T2"})


@pytest.fixture
def release(tmp_path):
    return released(tmp_path, *TWO)


def test_every_listed_household_has_its_place(release):
    assert places_of(release) == {"H1": ("C1", "T1"), "H2": ("C1", "T2"), "H3": ("C1", "T2")}


def test_a_workbook_is_of_the_township_of_most_of_its_rows(release, tmp_path):
    one = read_filled(filled(release, tmp_path / "T1 张某.xlsx", {}))
    assert township_of(one, places_of(release)) == ("C1", "T2")


def test_a_workbook_of_nobody_on_the_list_is_of_no_township(release, tmp_path):
    strangers = {row: {"household_id": f"X{row}"} for row in (2, 3, 4)}
    one = read_filled(filled(release, tmp_path / "a.xlsx", strangers))
    assert township_of(one, places_of(release)) == NOWHERE
