"""A yearly export says what stands on its day, and nothing of what came and went since the last one."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from simulator.exports import yearly_exports

DAYS = np.array(["2021-12-31", "2022-12-31"], dtype="datetime64[D]")
FIRST, SECOND = date(2021, 12, 31), date(2022, 12, 31)


def states(whose, begins, ends, *rows):
    schema = {whose: pl.String, "note": pl.String, begins: pl.Date, ends: pl.Date}
    return pl.DataFrame(rows, schema, orient="row")


def found(*rows):
    return pl.DataFrame(
        rows, {"household_id": pl.String, "occurred_on": pl.Date, "note": pl.String}, orient="row"
    )


def incomes(*rows):
    columns = {
        "household_id": pl.String,
        "occurred_on": pl.Date,
        "source": pl.String,
        "amount": pl.Float64,
        "member_id": pl.String,
    }
    return pl.DataFrame([(*row, None) for row in rows], columns, orient="row")


def exported(**tables):
    nobody = {
        "households": states("household_id", "valid_from", "valid_to", ("H", "", date(2021, 1, 1), None)),
        "members": states("member_id", "valid_from", "valid_to"),
        "schooling": states("member_id", "started_on", "ended_on"),
        "income": incomes(),
        **dict.fromkeys(("housing", "water", "land"), found()),
    }
    return yearly_exports({**nobody, **tables}, DAYS)


def test_a_year_comes_in_one_sum_a_source_dated_by_the_export():
    """Two wages and a harvest of 2021, one wage of 2022, and a wage after the last export."""
    made = exported(
        income=incomes(
            ("H", date(2021, 3, 5), "wage", 100.0),
            ("H", date(2021, 12, 31), "wage", 20.0),
            ("H", date(2021, 9, 1), "crop", 7.0),
            ("H", date(2022, 1, 1), "wage", 3.0),
            ("H", date(2023, 1, 1), "wage", 1.0),
        )
    )["income"].sort("occurred_on", "source")
    assert made.select("occurred_on", "source", "amount").rows() == [
        (FIRST, "crop", 7.0),
        (FIRST, "wage", 120.0),
        (SECOND, "wage", 3.0),
    ]
    assert made["recorded_on"].equals(made["occurred_on"].rename("recorded_on"))


def test_a_new_household_has_no_income_in_an_export_before_its_first():
    """It split off in May 2022 and was asked for the twelve months before."""
    young = states("household_id", "valid_from", "valid_to", ("H", "", date(2022, 5, 1), None))
    told_of = incomes(("H", date(2021, 8, 1), "wage", 50.0), ("H", date(2022, 2, 1), "wage", 60.0))
    made = exported(households=young, income=told_of)["income"]
    assert made.select("occurred_on", "amount").rows() == [(SECOND, 60.0)]


def test_of_what_was_found_in_a_year_the_last_is_told():
    """The roof fell in in March and was mended in June; the next year nobody looked."""
    made = exported(
        housing=found(
            ("H", date(2021, 3, 1), "C"), ("H", date(2021, 6, 1), "A"), ("I", date(2022, 2, 1), "B")
        )
    )["housing"]
    assert made.rows() == [("H", FIRST, "A", FIRST), ("I", SECOND, "B", SECOND)]


@pytest.mark.parametrize(
    ("life", "versions"),
    [
        ([("able", date(2021, 2, 1), None)], [("able", FIRST, None, FIRST)]),
        (
            [("able", date(2021, 2, 1), date(2022, 3, 1))],
            [("able", FIRST, None, FIRST), ("able", FIRST, SECOND, SECOND)],
        ),
        ([("able", date(2021, 2, 1), date(2021, 3, 1))], []),
        (
            [("able", date(2021, 2, 1), None), ("lost", date(2021, 8, 1), None)],
            [("lost", FIRST, None, FIRST)],
        ),
        (
            [("able", date(2021, 2, 1), None), ("lost", date(2022, 4, 1), date(2022, 6, 1))],
            [("able", FIRST, None, FIRST), ("able", FIRST, SECOND, SECOND)],
        ),
    ],
    ids=["stays", "leaves", "came and left unseen", "changes unseen", "changes and leaves unseen"],
)
def test_a_state_is_told_open_when_it_is_first_seen_and_closed_when_it_is_not_seen_any_more(life, versions):
    members = states("member_id", "valid_from", "valid_to", *(("M", *state) for state in life))
    assert [row[1:] for row in exported(members=members)["members"].rows()] == versions
