"""A register that begins late knows how things stand, not what came and went."""

from datetime import date

import polars as pl
import pytest

from simulator.opening import since_opening
from simulator.timeline import Timeline

REGISTER = Timeline(date(2025, 1, 1), 12)


def events(*rows, kind="kind"):
    return pl.DataFrame(
        rows, {"household_id": pl.String, "occurred_on": pl.Date, kind: pl.String}, orient="row"
    )


@pytest.mark.parametrize("table", ["income", "shocks"])
def test_what_came_in_or_struck_before_is_not_known(table):
    rows = events(("H", date(2024, 12, 31), "wage"), ("H", date(2025, 1, 1), "wage"))
    assert since_opening(table, rows, REGISTER)["occurred_on"].to_list() == [date(2025, 1, 1)]


def test_of_a_lasting_state_the_last_one_before_is_known():
    """Graded C in 2022, mended in 2023, graded C again within the register."""
    rows = events(
        ("H", date(2023, 5, 1), "A"), ("H", date(2022, 5, 1), "C"), ("H", date(2025, 5, 1), "C"), kind="grade"
    )
    assert since_opening("housing", rows, REGISTER)["grade"].to_list() == ["A", "C"]


def test_a_certificate_is_known_and_a_stay_in_hospital_is_not():
    rows = events(("H", date(2021, 5, 1), "disability"), ("H", date(2021, 5, 2), "inpatient"))
    assert since_opening("health", rows, REGISTER)["kind"].to_list() == ["disability"]


def test_the_last_identification_and_the_last_elimination_are_known():
    rows = events(
        ("H", date(2021, 5, 1), "identified"),
        ("H", date(2022, 5, 1), "eliminated"),
        ("H", date(2023, 5, 1), "identified"),
        kind="event",
    )
    assert since_opening("monitoring", rows, REGISTER)["event"].to_list() == ["eliminated", "identified"]


def test_spells_that_were_over_are_not_known():
    ends = [date(2024, 6, 1), date(2025, 1, 1), date(2025, 1, 2), None]
    rows = pl.DataFrame({"started_on": [date(2021, 9, 1)] * 4, "ended_on": ends})
    assert since_opening("schooling", rows, REGISTER)["ended_on"].to_list() == ends[2:]
