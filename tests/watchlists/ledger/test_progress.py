"""Progress is counted in whole households and adds up to the list, by whatever it is grouped."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watchlists.ledgers import came_back, ledger, ledgers, listed, only, visit
from watchlists.ledger.progress import COUNTS, EVERY_STATE, LEVELS, progress
from watchlists.ledger.tasks import NOTHING_BACK

GROUPINGS = ("county_id", "township_id", "village_id", "group", "responsible", "due_on", "state", "help")


@given(ledgers(), st.lists(st.sampled_from(GROUPINGS), unique=True))
def test_every_grouping_adds_up_to_the_list_and_every_household_is_in_one_state(rows, by):
    counts = progress(rows, by)
    whole = only(progress(rows, []))
    assert whole["listed"] == len(rows)
    assert {name: counts[name].sum() for name in COUNTS} == whole
    assert (
        counts.select(pl.sum_horizontal(EVERY_STATE).alias("sum"))["sum"].to_list()
        == counts["listed"].to_list()
    )
    assert (counts["help_begun"] + counts["help_overdue"] <= counts["confirmed"]).all()
    assert (counts["overdue"] <= counts["listed"] - counts["visited"]).all()


def test_a_township_with_one_household_of_each_kind():
    """Twelve listed would read 应访 12 已访 7; here five: helped, waiting, away, set aside, not gone to."""
    rows = [listed(f"H{n}", rank=n, by="rule") for n in range(1, 6)]
    back = came_back(
        visit("H1", measures_begun="health"), visit("H2"), visit("H3", result="not_at_home"), returned=["H4"]
    )
    counts = only(progress(ledger(rows, back), LEVELS["township"][0]))
    assert counts == {
        "county_id": "C1",
        "township_id": "T1",
        "listed": 5,
        "visited": 2,
        "to_repeat": 1,
        "returned": 1,
        "not_visited": 1,
        "overdue": 3,
        "confirmed": 2,
        "not_confirmed": 0,
        "help_begun": 1,
        "help_overdue": 1,
    }


def test_a_closed_visit_counts_as_visited_and_not_as_confirmed():
    counts = only(progress(ledger([listed()], came_back(visit(result="not_confirmed"))), []))
    assert (counts["visited"], counts["confirmed"], counts["not_confirmed"]) == (1, 0, 1)


def test_townships_of_one_id_in_two_counties_are_two_rows():
    rows = ledger([listed("H1"), listed("H2", county="C2")], NOTHING_BACK)
    assert progress(rows, LEVELS["township"][0])["listed"].to_list() == [1, 1]


def test_what_nobody_is_named_for_stands_last():
    rows = ledger([listed("H1"), listed("H2", rank=2)], NOTHING_BACK).with_columns(
        pl.Series("responsible", [None, "甲"])
    )
    assert progress(rows, LEVELS["person"][0])["responsible"].to_list() == ["甲", None]


@pytest.mark.parametrize("words", [*LEVELS.values(), *COUNTS.values()])
def test_all_words_stand_in_both_languages(words):
    assert words[1]
    assert words[2]
