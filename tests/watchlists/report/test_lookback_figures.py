"""What visits found, held against what the lists said."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.names import POOLED
from models.resampling import Bootstrap
from register.errors import ParamsError
from tests.parameters import parameters
from watchlists.report.lookback_figures import RESULTS, lookback_figures, off_list

AS_OF = {"2025Q3": date(2025, 9, 30), "2025Q4": date(2025, 12, 31)}


def listed(household_id, risk=0.3, main_cause="illness", season="2025Q4", rank=1):
    told = {"season": season, "household_id": household_id, "as_of_date": AS_OF[season]}
    return {**told, "cluster": f"V{household_id[-1]}", "risk": risk, "rank": rank, "main_cause": main_cause}


def visit(household_id, result="confirmed", day=10, cause=None, measure=None, season="2025Q4"):
    told = {"season": season, "household_id": household_id, "visited_on": date(2026, 1, day)}
    return {**told, "result": result, "causes_found": cause, "measures_begun": measure}


def frame(visits):
    empty = dict.fromkeys(("season", "household_id", "result", "causes_found", "measures_begun"), pl.String())
    return pl.DataFrame(visits, schema={**empty, "visited_on": pl.Date()})


def figures(lists, visits, risks=(0.1, 0.2)):
    lists = pl.DataFrame(lists, schema_overrides={"main_cause": pl.String()})
    edges = {"risk": risks, "rank": (3,)}
    return lookback_figures(lists, frame(visits), edges, Bootstrap(20, 1))


def of_season(table, *columns, season="2025Q4"):
    return table.filter(season=season).select(columns).rows()


def test_visits_and_results_are_counted_by_season_and_pooled_where_somebody_came_back():
    """Of the winter's three households two were visited; nobody came back from the autumn's list."""
    lists = [listed("H1"), listed("H2"), listed("H3"), listed("H1", season="2025Q3")]
    visits = [visit("H1"), visit("H2", "moved_away"), visit("H9")]
    found = figures(lists, visits)["visits"].select("season", "listed", "visited", *RESULTS)
    assert found.rows() == [
        ("2025Q3", 1, 0, 0, 0, 0, 0),
        ("2025Q4", 3, 2, 1, 0, 0, 1),
        (POOLED, 3, 2, 1, 0, 0, 1),
    ]
    assert off_list(pl.DataFrame(lists), frame(visits)) == 1  # H9 stands on no list


def test_where_nobody_was_met_the_household_was_tried_and_not_visited_until_somebody_is():
    """Nobody opened at H1's on the third; on the tenth the risk was found. At H2's nobody was met at all."""
    lists = [listed("H1"), listed("H2"), listed("H3")]
    visits = [visit("H1", "not_at_home", day=3), visit("H1"), visit("H2", "not_at_home")]
    found = figures(lists, visits)["visits"]
    assert of_season(found, "visited", "tried", "confirmed", "visit_median") == [(1, 1, 1, 10.0)]
    assert of_season(found, "tried", season=POOLED) == [(1,)]


def test_precision_by_band_leaves_out_those_already_helped_or_gone():
    """On the edge of a band a household belongs to the band above."""
    lists = [
        listed(f"H{number}", risk=risk, rank=number + 1)
        for number, risk in enumerate((0.05, 0.1, 0.3, 0.3, 0.3, 0.3))
    ]
    results = ("not_confirmed", None, "confirmed", "not_confirmed", "already_helped", "moved_away")
    visits = [visit(f"H{number}", result) for number, result in enumerate(results) if result]
    bands = figures(lists, visits)["bands"]
    columns = ("at_least", "below", "listed", "visited", "confirmed", "not_confirmed", "precision")
    assert of_season(bands.filter(by="risk"), *columns) == [
        (None, 0.1, 1, 1, 0, 1, 0.0),
        (0.1, 0.2, 1, 0, 0, 0, None),
        (0.2, None, 4, 4, 1, 1, 0.5),
    ]
    assert of_season(bands.filter(by="rank"), *columns) == [
        (None, 3.0, 2, 1, 0, 1, 0.0),
        (3.0, None, 4, 4, 1, 1, 0.5),
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
    found = figures(lists, visits)
    causes = of_season(found["causes"], "attributed", "found", "n")
    assert causes == [("illness", "employment", 1), ("illness", "illness", 1)]
    assert of_season(found["visits"], "with_cause", "agreement") == [(2, 0.5)]
    low, high = of_season(found["visits"], "agreement_low", "agreement_high")[0]
    assert low is None or low <= 0.5 <= high


def test_a_named_cause_agrees_where_it_is_among_several_found():
    """The visit to H1 found disability first and illness too, that to H2 neither."""
    visits = [visit("H1", cause="disability;illness"), visit("H2", cause="schooling;labour")]
    found = figures([listed("H1"), listed("H2")], visits)
    assert of_season(found["visits"], "with_cause", "agreement") == [(2, 0.5)]
    assert of_season(found["causes"], "attributed", "found", "n") == [
        ("illness", cause, 1) for cause in ("disability", "illness", "labour", "schooling")
    ]


def test_the_first_visit_tells_the_days_and_the_last_one_the_result():
    """Nobody was home on the tenth, help began on the twentieth; counted from the last of December."""
    visits = [visit("H1", "confirmed", 20, measure="health"), visit("H1", "not_confirmed", 10)]
    found = figures([listed("H1"), listed("H2")], visits)["visits"]
    assert of_season(found, "visit_median", "helped", "help_median") == [(10.0, 1, 20.0)]
    assert of_season(found, "visited", *RESULTS) == [(1, 1, 0, 0, 0)]


def test_without_visits_there_are_lists_and_no_shares():
    found = figures([listed("H1")], [])
    assert of_season(found["visits"], "listed", "visited", "confirmed_share") == [(1, 0, None)]
    assert found["bands"]["precision"].null_count() == len(found["bands"])
    assert of_season(found["visits"], "visit_median", season=POOLED) == [(None,)]
    assert found["causes"].columns == ["season", "attributed", "found", "n"]


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        (
            {"risk": [0.2, 0.1], "rank": [4]},
            ".risk: found [0.2, 0.1], allowed are numbers that rise",
        ),
        (
            {"risk": [0.1]},
            ".rank: not found, allowed is a list of values",
        ),
    ],
)
def test_bands_that_do_not_rise_or_are_of_something_else_are_refused(bands, said):
    with pytest.raises(ParamsError) as refused:
        parameters({"hindsight.bands": bands})
    assert str(refused.value).startswith(f"hindsight.bands{said}")


VISITS = st.lists(
    st.builds(visit, st.sampled_from(["H0", "H1", "H2", "H9"]), st.sampled_from(RESULTS), st.integers(1, 31)),
    max_size=12,
)


@settings(max_examples=30)
@given(risks=st.lists(st.floats(0, 1), min_size=1, max_size=3), visits=VISITS, turned=st.randoms())
@pytest.mark.filterwarnings("error")
def test_bands_and_seasons_count_the_same_households_whatever_the_order(risks, visits, turned):
    lists = [listed(f"H{number}", risk=risk) for number, risk in enumerate(risks)]
    found = figures(lists, visits)
    for name in ("listed", "visited", "confirmed", "not_confirmed"):
        for by in ("risk", "rank"):
            banded = found["bands"].filter(by=by, season="2025Q4")[name].sum()
            assert banded == found["visits"].filter(season="2025Q4")[name].sum()
    days = {one["visited_on"] for one in visits}
    if len(days) == len(visits):
        again = figures(turned.sample(lists, len(lists)), turned.sample(visits, len(visits)))
        assert all(again[name].equals(found[name]) for name in found)
