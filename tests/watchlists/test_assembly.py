from datetime import date

import polars as pl

from tests.watchlists.household.homes import home
from tests.watchlists.lists import explained, features, list_rules, scores
from watchlists.assembly import LISTED, allocated_county, watchlist_of
from watchlists.visits.change import compared

#: H1 is the riskiest, H2 has a child out of school, H3 comes too late for two visits.
ROWS = scores(
    explained("H1", risk=0.6, illness=1.0), explained("H2", risk=0.1), explained("H3", risk=0.3, illness=0.2)
)
FACTS = features(
    {"household_id": "H1", "own_payment_over_needs_12m": 0.2, "n_able_to_work": 1.0},
    {"household_id": "H2", "n_dropouts": 1.0},
    {"household_id": "H3"},
    {"household_id": "H9"},  # under monitoring: in the features, not in the cohort
)
GIVEN = pl.DataFrame(
    {"household_id": ["H1"], "measures_in_force": [["social"]], "measures_ending": [["social"]]}
)
NEVER = pl.DataFrame(schema={"household_id": pl.String(), "risk_then": pl.Float64()})


def watchlist(visits=2):
    how = list_rules(visits=visits)
    allocated = allocated_county(ROWS, FACTS, how).with_columns(
        village_name=pl.lit("一村"), township_name=pl.lit("一乡"), county_name=pl.lit(None, pl.String())
    )
    changes = compared(allocated, None, NEVER, how.visiting.capacity, 1.05)
    homes = {one: home() for one in allocated["household_id"]}
    return watchlist_of(allocated, FACTS, GIVEN, changes, homes, how)


def test_a_county_is_listed_with_every_promised_column():
    found = watchlist()
    assert tuple(found.columns) == LISTED
    assert found["household_id"].to_list() == ["H2", "H1"]
    assert found["listed_by"].to_list() == ["rule", "risk"]
    assert found["measures"].to_list() == [["compulsory_education", "social"], ["health", "social"]]
    assert found["measures_ending"].to_list() == [[], ["social"]]
    assert found["is_on_relief_only"].to_list() == [False, True]
    assert found["change"].to_list() == ["new", "new"]


def test_a_county_without_visits_has_an_empty_list_with_the_same_columns():
    empty, full = watchlist(visits=0), watchlist()
    assert len(empty) == 0
    assert empty.schema == full.schema


def test_who_moved_away_makes_room_for_the_next_and_no_score_changes():
    """Two visits: H1 has moved away, H2 was visited, H3 comes in; H4 waits."""
    rows = scores(*(explained(f"H{n}", risk=0.5 - n / 10) for n in range(1, 5)))
    facts = features(*({"household_id": f"H{n}"} for n in range(1, 5)))
    visits = pl.DataFrame(
        {
            "household_id": ["H1", "H2"],
            "county_id": "C1",
            "last_visit_on": [date(2026, 1, 5), date(2026, 1, 6)],
            "visit_result": ["moved_away", "confirmed"],
        }
    )
    first, again = (allocated_county(rows, facts, list_rules(), known) for known in (None, visits))
    assert first.filter("is_listed")["household_id"].to_list() == ["H1", "H2"]
    assert again.filter("is_listed").select("household_id", "visit_result").rows() == [
        ("H2", "confirmed"),
        ("H3", None),
    ]
    assert again.filter(household_id="H1")["rank"].to_list() == [None]
    same = ["household_id", "risk", "rank_in_county"]
    assert again.select(same).sort("household_id").equals(first.select(same).sort("household_id"))
