"""What visits off the list say of it: shares of confirmed risks, and whom they cannot speak of."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.names import POOLED
from tests.watchlists.looked_back import cohort, hindsight, visits, visits_off
from watchlists.report.lookback_figures import RESULTS, TRIED

YES, NO, HELPED = ("confirmed", "illness"), ("not_confirmed", None), ("already_helped", None)


def figures(*cohorts, visited=(), unlisted=()):
    return hindsight(*cohorts, visited=visited, unlisted=unlisted).tables["off_list"]


def whole(table, season):
    return table.filter(pl.col("county_id").is_null(), season=season).row(0, named=True)


def test_the_share_is_that_of_confirmed_risks_which_no_list_named():
    """Thirty confirmed on the list, ten off it: a quarter was not listed."""
    on, off = visits("2024Q1", *[YES] * 30, *[NO] * 20), visits_off("2024Q1", *[YES] * 10, *[NO] * 9, HELPED)
    row = whole(figures(cohort("2024Q1"), visited=[on], unlisted=[off]), "2024Q1")
    assert (row["visited"], row["confirmed"], row["confirmed_listed"], row["outside"]) == (20, 10, 30, 0)
    assert row["omission"] == pytest.approx(10 / 40)
    assert row["omission_low"] < row["omission"] < row["omission_high"]


def test_who_was_not_in_the_cohort_is_counted_apart():
    """H200 was under monitoring already: no list could have named it."""
    off = visits_off("2024Q1", YES, YES, first=199)
    row = whole(figures(cohort("2024Q1"), unlisted=[off]), "2024Q1")
    assert (row["visited"], row["confirmed"], row["outside"], row["omission"]) == (1, 1, 1, 1.0)


def test_of_several_visits_the_last_counts_and_where_nobody_was_met_there_was_none():
    first, later = visits_off("2024Q1", YES), visits_off("2024Q1", NO)
    later = later.with_columns(pl.col("visited_on").dt.offset_by("5d"))
    nobody = visits_off("2024Q1", (TRIED, None), first=101)
    row = whole(figures(cohort("2024Q1"), unlisted=[first, later, nobody]), "2024Q1")
    assert (row["visited"], row["confirmed"], row["omission"]) == (1, 0, None)


def test_counties_add_up_and_seasons_without_such_visits_are_not_pooled():
    on = [visits(one, *[YES] * 12) for one in ("2024Q1", "2024Q2")]
    off = visits_off("2024Q1", *[YES] * 8)
    table = figures(cohort("2024Q1"), cohort("2024Q2"), visited=on, unlisted=[off])
    assert sorted({*table["season"]}) == ["2024Q1", POOLED]
    counts = ("visited", "confirmed", "outside", "confirmed_listed")
    of_counties = table.filter(pl.col("county_id").is_not_null(), season="2024Q1")
    assert {name: of_counties[name].sum() for name in counts} == {
        name: whole(table, "2024Q1")[name] for name in counts
    }
    assert whole(table, POOLED)["confirmed_listed"] == 12


def test_without_such_visits_there_is_no_figure():
    assert figures(cohort("2024Q1"), visited=[visits("2024Q1", YES)]).is_empty()


SOME = st.lists(st.sampled_from([*((one, None) for one in RESULTS), (TRIED, None)]), min_size=1, max_size=30)


@given(SOME, SOME)
def test_the_share_is_its_two_counts_and_lies_between_none_and_all(on, off):
    done = figures(cohort("2024Q1"), visited=[visits("2024Q1", *on)], unlisted=[visits_off("2024Q1", *off)])
    if all(result == TRIED for result, _ in on + off):
        assert done.is_empty()
        return
    row = whole(done, "2024Q1")
    listed, other = (sum(result == "confirmed" for result, _ in some) for some in (on, off))
    assert (row["confirmed_listed"], row["confirmed"]) == (listed, other)
    expected = other / (listed + other) if listed + other else None
    assert row["omission"] == (None if expected is None else pytest.approx(expected, abs=1e-6))
