"""Who fell without being on the list: the riskiest first, and nobody who was visited."""

import polars as pl

from register.reference import alert_rules
from tests.watchlists.lists import features
from watchlists.visits.capacity import Capacity
from watchlists.visits.missed import missed, missed_counts
from watchlists.visits.must_visits import MustVisitParameters, must_visits
from watchlists.visits.policies import Visiting, turns_under, visited_cohort

#: One visit a township. H3's child dropped out, so H3 is visited; H1 and H4 fell, H4 just above the line.
ROWS = pl.DataFrame(
    {
        "household_id": ["H1", "H2", "H3", "H4", "H5"],
        "county_id": "C1",
        "township_id": ["T1", "T1", "T1", "T1", "T2"],
        "village_id": ["V1", "V1", "V2", "V2", "V3"],
        "risk": [0.3, 0.2, 0.1, 0.6, 0.5],
        "score": [0.3, 0.2, 0.1, 0.6, 0.5],
        "label": [True, False, None, True, True],
    }
)
FACTS = features(
    {"household_id": "H1", "resources_over_line": None, "is_elderly_only": 1.0},
    {"household_id": "H2"},
    {"household_id": "H3", "n_dropouts": 1.0},
    {"household_id": "H4", "resources_over_line": 1.25},
    {"household_id": "H5"},
)


def turns(visits=1):
    cohort = visited_cohort(ROWS, FACTS, alert_rules(), must_visits(MustVisitParameters()))
    return turns_under("list", cohort, Visiting(Capacity("township", visits), {}))


def test_those_who_fell_and_were_not_visited_stand_with_what_they_lacked_to_be_listed():
    unlisted = missed(turns(2), ["county_id", "township_id"])
    assert unlisted["household_id"].to_list() == ["H1"]  # H3 by rule, H4 by risk, H5 alone in its township
    row = unlisted.row(0, named=True)
    assert (row["risk"], row["lowest_risk_listed"], row["rank_in_county"]) == (0.3, 0.6, 3)
    assert (row["resources_over_line"], row["groups"]) == (None, ["elderly_only"])


def test_where_duties_took_every_visit_nobody_was_the_last_listed_by_risk():
    unlisted = missed(turns(), ["county_id", "township_id"])
    assert unlisted["household_id"].to_list() == ["H4", "H1"]
    assert unlisted["lowest_risk_listed"].to_list() == [None, None]


def test_falls_are_counted_by_distance_to_the_line_and_by_group():
    counts = missed_counts({"2024Q1": turns(), "2024Q2": turns()})
    rows = {(row["by"], row["value"]): (row["fell"], row["missed"]) for row in counts.to_dicts()}
    assert rows["all", "all"] == (6, 4)
    assert rows["distance", "1.25"] == (2, 2)  # a value on an edge is in the band above
    assert rows["distance", "1.5"] == (2, 0)
    assert rows["distance", "unknown"] == (2, 2)
    assert rows["group", "elderly_only"] == (2, 2)


def test_without_a_judged_season_there_is_nothing_to_count():
    assert missed_counts({}).is_empty()
