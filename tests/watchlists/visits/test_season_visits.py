"""What visits of a season have come to."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.lookback_store import RECORDS
from watchlists.visits.season_visits import (
    DONE_WITH,
    SEASON_VISITS,
    TRIED,
    VISITED,
    is_done_with,
    is_visited,
    newest_list,
    season_visits,
)

NOW = "2025Q4"


def records(*rows):
    """Versions of visits: household, day of January, result; and what else is unlike the others."""
    told = [
        {
            **dict.fromkeys(RECORDS),
            "household_id": household,
            "county_id": "C1",
            "visited_on": date(2026, 1, day),
            "result": result,
            "season": NOW,
            "source_kind": "folder",
            "list_id": "one",
            "recorded_on": date(2026, 2, 1),
            "reading": number,
            **changes,
        }
        for number, (household, day, result, changes) in enumerate(rows, 1)
    ]
    return pl.DataFrame(told, schema={**RECORDS, "reading": pl.Int64()})


def found(*rows):
    visits = season_visits(records(*rows), NOW, "folder")
    assert dict(visits.schema) == SEASON_VISITS
    return dict(visits.select("household_id", "visit_result").iter_rows())


@pytest.mark.parametrize(
    ("story", "rows", "told"),
    [
        ("one visit", [("H1", 5, "confirmed", {})], {"H1": "confirmed"}),
        ("moved since", [("H1", 5, "confirmed", {}), ("H1", 9, "moved_away", {})], {"H1": "moved_away"}),
        ("met, then nobody", [("H1", 5, "confirmed", {}), ("H1", 9, TRIED, {})], {"H1": "confirmed"}),
        ("tried alone", [("H1", 5, TRIED, {})], {"H1": TRIED}),
        ("corrected", [("H1", 5, "confirmed", {}), ("H1", 5, "not_confirmed", {})], {"H1": "not_confirmed"}),
        ("another season", [("H1", 5, "confirmed", {"season": "2025Q3"})], {}),
        ("another source", [("H1", 5, "confirmed", {"source_kind": "simulator"})], {}),
        ("taken back", [("H1", 5, "confirmed", {}), ("H1", 5, "withdrawn", {})], {}),
        (
            "one of two taken back",
            [("H1", 5, "confirmed", {}), ("H1", 9, "moved_away", {}), ("H1", 9, "withdrawn", {})],
            {"H1": "confirmed"},
        ),
    ],
)
def test_the_last_visit_that_holds_says_what_was_found(story, rows, told):
    assert found(*rows) == told, story


def test_without_a_visit_there_is_no_list_before():
    assert newest_list(records(), NOW, "folder") is None
    assert found() == {}


def test_the_newest_list_is_the_one_whose_first_visit_was_read_back_last():
    """A workbook of the first list comes in after one of the second."""
    rows = [
        ("H1", 5, "confirmed", {}),
        ("H2", 6, "confirmed", {"list_id": "two"}),
        ("H3", 7, "confirmed", {}),
    ]
    assert newest_list(records(*rows), NOW, "folder") == "two"
    assert newest_list(records(*rows), "2025Q3", "folder") is None


@given(st.lists(st.sampled_from([*VISITED, *DONE_WITH, TRIED, None]), max_size=8))
def test_nobody_both_stays_and_leaves_and_a_try_does_neither(results):
    frame = pl.DataFrame({"visit_result": results}, schema={"visit_result": pl.String()})
    flags = frame.select("visit_result", stays=is_visited(), leaves=is_done_with())
    assert flags.null_count().select("stays", "leaves").row(0) == (0, 0)
    assert not (flags["stays"] & flags["leaves"]).any()
    assert flags.filter(pl.col("visit_result").is_in([TRIED])).select("stays", "leaves").sum().row(0) in (
        (0, 0),
        (None, None),
    )
