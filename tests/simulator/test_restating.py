"""What is restated is the last state under a new date, once a day and no other."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from simulator.restating import restated

DAYS = np.array(["2021-12-31", "2022-12-31"], dtype="datetime64[D]")
FIRST, SECOND = date(2021, 12, 31), date(2022, 12, 31)


def houses(*rows):
    return pl.DataFrame(
        rows, {"household_id": pl.String, "occurred_on": pl.Date, "grade": pl.String}, orient="row"
    )


def spells(*rows):
    return pl.DataFrame(rows, {"stage": pl.String, "started_on": pl.Date, "ended_on": pl.Date}, orient="row")


def test_a_house_comes_again_each_year_as_it_was_last_found():
    """Graded C before the register, mended in May 2022."""
    rows = houses(("H", date(2020, 11, 3), "C"), ("H", date(2022, 5, 1), "A"))
    again = restated("housing", rows, DAYS)
    assert again.sort("occurred_on").rows() == [
        ("H", date(2020, 11, 3), "C"),
        ("H", FIRST, "C"),
        ("H", date(2022, 5, 1), "A"),
        ("H", SECOND, "A"),
    ]


def test_a_house_found_on_the_day_itself_is_not_written_twice():
    rows = houses(("H", FIRST, "C"))
    assert restated("housing", rows, DAYS).rows() == [("H", FIRST, "C"), ("H", SECOND, "C")]


@pytest.mark.parametrize(
    ("ended_on", "pieces"),
    [
        (None, [(date(2021, 9, 1), FIRST), (FIRST, SECOND), (SECOND, None)]),
        (date(2022, 3, 1), [(date(2021, 9, 1), FIRST), (FIRST, date(2022, 3, 1))]),
        (FIRST, [(date(2021, 9, 1), FIRST)]),
    ],
    ids=["goes on", "ends in the next year", "ends on the day"],
)
def test_a_dropout_is_cut_into_years_that_follow_one_another(ended_on, pieces):
    cut = restated("schooling", spells(("dropped_out", date(2021, 9, 1), ended_on)), DAYS)
    assert [row[1:] for row in cut.rows()] == pieces


def test_other_tables_are_not_restated():
    rows = houses(("H", date(2020, 11, 3), ""))
    assert restated("land", rows, DAYS).equals(rows)
