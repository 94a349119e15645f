from tests.watchlists.lists import explained, features, listing, scores
from watchlists.table import LISTED, allocated_county, watchlist_of

#: H1 is the riskiest, H2 has a child out of school, H3 comes too late for two visits.
ROWS = scores(
    explained("H1", risk=0.6, illness=1.0), explained("H2", risk=0.1), explained("H3", risk=0.3, illness=0.2)
)
FACTS = features(
    {"household_id": "H1", "own_payment_over_needs_12m": 0.2},
    {"household_id": "H2", "n_dropouts": 1.0},
    {"household_id": "H3"},
    {"household_id": "H9"},  # under monitoring: in the features, not in the cohort
)


def test_a_county_is_listed_with_every_promised_column():
    found = watchlist_of(allocated_county(ROWS, FACTS, listing()), FACTS, None, listing())
    assert tuple(found.columns) == LISTED
    assert found["household_id"].to_list() == ["H2", "H1"]
    assert found["listed_by"].to_list() == ["rule", "risk"]
    assert found["measures"].to_list() == [[], ["health", "social"]]
    assert found["change"].to_list() == ["new", "new"]


def test_a_county_without_visits_has_an_empty_list_with_the_same_columns():
    none, some = listing(visits=0), listing()
    empty = watchlist_of(allocated_county(ROWS, FACTS, none), FACTS, None, none)
    full = watchlist_of(allocated_county(ROWS, FACTS, some), FACTS, None, some)
    assert len(empty) == 0
    assert empty.schema == full.schema
