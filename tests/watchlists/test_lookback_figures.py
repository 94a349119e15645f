"""What visits found, held against what the lists said."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchlists.lookback_figures import RESULTS, agreement, lookback_figures

AS_OF = {"2025Q3": date(2025, 9, 30), "2025Q4": date(2025, 12, 31)}


def listed(household_id, risk=0.3, main_cause="illness", season="2025Q4"):
    told = {"season": season, "household_id": household_id, "as_of_date": AS_OF[season]}
    return {**told, "risk": risk, "main_cause": main_cause}


def visit(household_id, result="confirmed", day=10, cause=None, measure=None, season="2025Q4"):
    told = {"season": season, "household_id": household_id, "visited_on": date(2026, 1, day)}
    return {**told, "result": result, "cause_found": cause, "measure_begun": measure}


def figures(lists, visits, edges=(0.1, 0.2)):
    empty = dict.fromkeys(("season", "household_id", "result", "cause_found", "measure_begun"), pl.String())
    schema = {**empty, "visited_on": pl.Date()}
    return lookback_figures(pl.DataFrame(lists), pl.DataFrame(visits, schema=schema), edges)


def test_visits_and_results_are_counted_by_season():
    """Of the winter's three households two were visited; nobody came back from the autumn's list."""
    lists = [listed("H1"), listed("H2"), listed("H3"), listed("H1", season="2025Q3")]
    found = figures(lists, [visit("H1"), visit("H2", "moved_away"), visit("H9")])["visits"]
    assert found.rows() == [("2025Q3", 1, 0, 0, 0, 0, 0), ("2025Q4", 3, 2, 1, 0, 0, 1)]


def test_precision_by_band_leaves_out_those_already_helped_or_gone():
    lists = [listed(f"H{number}", risk=risk) for number, risk in enumerate((0.05, 0.1, 0.3, 0.3, 0.3, 0.3))]
    results = ("not_confirmed", None, "confirmed", "not_confirmed", "already_helped", "moved_away")
    visits = [visit(f"H{number}", result) for number, result in enumerate(results) if result]
    assert figures(lists, visits)["bands"].rows() == [
        (0.0, 0.1, 1, 1, 0, 1, 0.0),
        (0.1, 0.2, 1, 0, 0, 0, None),
        (0.2, 1.0, 4, 4, 1, 1, 0.5),
    ]


def test_causes_found_are_held_against_those_attributed():
    """The model said illness twice and was right once; an unconfirmed risk has no cause."""
    lists = [listed("H1"), listed("H2"), listed("H3"), listed("H4", main_cause=None)]
    visits = [
        visit("H1", cause="illness"),
        visit("H2", cause="employment"),
        visit("H3", "not_confirmed", cause="illness"),
        visit("H4", cause="illness"),
    ]
    causes = figures(lists, visits)["causes"]
    assert causes.rows() == [("illness", "employment", 1), ("illness", "illness", 1)]
    assert agreement(causes) == 0.5
    assert agreement(causes.clear()) is None


def test_the_first_visit_tells_the_days_and_the_last_one_the_result():
    """Nobody was home on the tenth, help began on the twentieth; counted from the last of December."""
    visits = [visit("H1", "confirmed", 20, measure="health"), visit("H1", "not_confirmed", 10)]
    found = figures([listed("H1"), listed("H2")], visits)
    assert found["days"].rows() == [("2025Q4", 10.0, 20.0)]
    assert found["visits"].rows() == [("2025Q4", 2, 1, 1, 0, 0, 0)]


def test_without_visits_there_are_lists_and_no_shares():
    found = figures([listed("H1")], [])
    assert found["visits"].rows() == [("2025Q4", 1, 0, 0, 0, 0, 0)]
    assert found["bands"]["precision"].to_list() == [None] * 3
    assert found["days"].rows() == [("2025Q4", None, None)]


VISITS = st.lists(
    st.builds(visit, st.sampled_from(["H0", "H1", "H2", "H9"]), st.sampled_from(RESULTS), st.integers(1, 31)),
    max_size=12,
)


@given(risks=st.lists(st.floats(0, 1), min_size=1, max_size=3), visits=VISITS, turned=st.randoms())
@pytest.mark.filterwarnings("error")
def test_bands_and_seasons_count_the_same_households_whatever_the_order(risks, visits, turned):
    lists = [listed(f"H{number}", risk=risk) for number, risk in enumerate(risks)]
    found = figures(lists, visits)
    for name in ("listed", "visited", "confirmed", "not_confirmed"):
        assert found["bands"][name].sum() == found["visits"][name].sum()
    days = {one["visited_on"] for one in visits}
    if len(days) == len(visits):
        again = figures(turned.sample(lists, len(lists)), turned.sample(visits, len(visits)))
        assert all(again[name].equals(found[name]) for name in found)
