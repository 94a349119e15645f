"""The report's part on visits off the list: nothing small, nothing that tells it, and what it cannot say."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.disclosure import SMALL
from tests.watchlists.looked_back import cohort, hindsight, visits, visits_off
from watchlists.report.off_list import off_list_section, shown_off_list

YES, NO = ("confirmed", "illness"), ("not_confirmed", None)


def section(on, off, *more):
    lists = [cohort("2024Q1"), *(cohort(season) for season, _ in more)]
    visited = [visits("2024Q1", *on), *(visits(season, *on) for season, _ in more)]
    unlisted = [visits_off("2024Q1", *off), *(visits_off(season, *some) for season, some in more)]
    return off_list_section(hindsight(*lists, visited=visited, unlisted=unlisted))


def test_without_such_visits_there_is_no_part():
    assert off_list_section(hindsight(cohort("2024Q1"), visited=[visits("2024Q1", YES)])) is None


def test_a_season_and_its_counties_are_told_in_rounded_counts_with_the_share():
    """Forty-one confirmed on the list, twenty off it, half of each in either county."""
    done = section([YES] * 41 + [NO] * 20, [YES] * 20 + [NO] * 20)
    assert [row["name"][0] for row in done["rows"]] == ["2024Q1", "C1", "C2"]
    season = done["rows"][0]["cells"]
    assert [cell[0] for cell in season] == ["40", "20", "40", "32.8%", "≤7"]
    assert season[3][1].startswith("[")


def test_few_visits_tell_no_share():
    done = section([YES] * 41 + [NO] * 20, [YES] * 3 + [NO] * 20)
    assert [cell[0] for cell in done["rows"][0]["cells"]] == ["25", "–", "40", "–", "≤7"]


def test_what_is_hidden_in_a_season_is_hidden_pooled():
    done = section([YES] * 41, [YES] * 20 + [NO] * 20, ("2024Q2", [YES] * 3 + [NO] * 20))
    assert [row["name"][0] for row in done["rows"]][:3] == ["2024Q1", "2024Q2", "合并"]
    assert [row["cells"][3][0] != "–" for row in done["rows"][:3]] == [True, False, False]


COUNTS = st.tuples(*[st.integers(0, 30)] * 3)


@given(st.lists(COUNTS, min_size=1, max_size=5))
def test_no_small_count_of_a_county_is_shown_or_left_alone_to_be_worked_out(counties):
    rows = [
        {"season": "2024Q1", "county_id": f"C{at}", "visited": yes + no, "confirmed": yes}
        | {"confirmed_listed": on, "outside": 0, "omission": 0.5, "omission_low": 0.4, "omission_high": 0.6}
        for at, (yes, no, on) in enumerate(counties)
    ]
    shown = shown_off_list(pl.DataFrame(rows))
    for name in ("confirmed", "confirmed_listed"):
        kept = shown[name].drop_nulls()
        assert (kept > SMALL).all()
        hidden = [row[name] for row, value in zip(rows, shown[name], strict=True) if value is None]
        assert not hidden or len(hidden) > 1 or len(rows) == 1
    told = shown["omission"].is_not_null()
    assert not (told & (shown["confirmed"].is_null() | shown["confirmed_listed"].is_null())).any()
