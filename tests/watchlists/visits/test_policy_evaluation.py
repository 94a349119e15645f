import polars as pl
import pytest

from register.reference import alert_rules
from tests.watchlists.lists import features
from watchlists.visits.capacity import Capacity
from watchlists.visits.must_visits import MustVisitParameters, must_visits
from watchlists.visits.policies import (
    POLICIES,
    Visiting,
    facts_needed,
    policies_that_speak,
    turns_under,
    visited,
    visited_cohort,
)
from watchlists.visits.policy_evaluation import came_out, found_by_county, judged_policies

VISITING = Visiting(Capacity("township", 1), {})
#: H1 is riskiest and falls; H2 is hit by a disaster; H3's child dropped out; H4 is the poorest.
ROWS = pl.DataFrame(
    {
        "household_id": ["H1", "H2", "H3", "H4"],
        "county_id": "C1",
        "township_id": "T1",
        "village_id": ["V1", "V1", "V2", "V2"],
        "risk": [0.6, 0.2, 0.1, 0.3],
        "score": [0.6, 0.2, 0.1, 0.3],
        "label": [True, False, None, True],
    }
)
FACTS = features(
    {"household_id": "H1", "resources_over_line": 1.6},
    {"household_id": "H2", "n_disasters_12m": 1.0, "resources_over_line": 1.3},
    {"household_id": "H3", "n_dropouts": 1.0, "resources_over_line": None},
    {"household_id": "H4", "resources_over_line": 1.1},
)
COHORT = visited_cohort(ROWS, FACTS, alert_rules(), must_visits(MustVisitParameters()))


def turns(cohort):
    return {policy: turns_under(policy, cohort, VISITING) for policy in POLICIES}


def listed(policy, visits):
    chosen = turns_under(policy, COHORT, Visiting(Capacity("township", visits), {}))
    return chosen.filter(visited())["household_id"].to_list()


def test_every_policy_spends_the_same_visits_its_own_way():
    assert {policy: listed(policy, 1) for policy in POLICIES} == {
        "list": ["H3"],  # a must-visit rule
        "risk_only": ["H1"],
        "pooled": ["H3"],
        "need": ["H3"],
        "flat": ["H3"],
        "alerts": ["H2"],  # of the two alerts the poorest, and H3's income is not known
        "income": ["H4"],
    }


def test_visits_that_alerts_leave_over_go_by_income():
    assert listed("alerts", 3) == ["H2", "H3", "H4"]


def test_pooled_visits_go_where_the_risk_is():
    """Two townships with a visit each: pooled, both go to the one where two are at risk."""
    apart = COHORT.with_columns(
        township_id=pl.Series(["T1", "T1", "T2", "T2"]),
        score=pl.Series([0.6, 0.5, 0.1, 0.2]),
        rules=pl.lit([], dtype=pl.List(pl.String())),
    )
    chosen = {policy: of_policy.filter(visited()) for policy, of_policy in turns(apart).items()}
    assert chosen["list"]["household_id"].to_list() == ["H1", "H4"]
    assert chosen["pooled"]["household_id"].to_list() == ["H1", "H2"]


def test_visits_shared_by_need_keep_a_floor_and_go_where_the_risk_is():
    """Three townships of two visits, a floor of one: the other three go to A, whose four are riskiest."""
    apart = pl.concat(
        [COHORT.with_columns(pl.col("household_id") + place, township_id=pl.lit(place)) for place in "ABC"]
    ).with_columns(
        score=pl.when(pl.col("township_id") == "A").then(pl.col("score") + 1).otherwise("score"),
        rules=pl.lit([], dtype=pl.List(pl.String())),
    )
    visiting = Visiting(Capacity("township", 2, floor=1), {})
    by_need = turns_under("need", apart, visiting).filter(visited())
    counts = by_need.group_by("township_id").len().sort("township_id")["len"].to_list()
    assert counts == [4, 1, 1]
    assert len(turns_under("list", apart, visiting).filter(visited())) == sum(counts)


def test_falls_are_counted_by_county_and_an_unknown_outcome_is_not_a_miss():
    found = found_by_county("2024Q1", turns(COHORT), [1, 2, 4])
    rows = found.filter(pl.col("policy") == "list").sort("multiple")
    assert rows["visits"].to_list() == [1, 2, 4]
    assert rows["expected"].to_list() == [0.1, 0.7, 1.2]
    assert rows["n_known"].to_list() == [0, 1, 3]
    assert rows["found"].to_list() == [0, 1, 2]
    assert rows["fell"].to_list() == [2, 2, 2]


def test_policies_are_judged_each_season_and_pooled_against_the_list():
    judged = judged_policies({"2024Q1": turns(COHORT), "2024Q2": turns(COHORT)}, 200, 1)
    assert judged["season"].unique(maintain_order=True).to_list() == ["2024Q1", "2024Q2", "pooled"]
    row = judged.filter(pl.col("season") == "pooled", pl.col("policy") == "risk_only").row(0, named=True)
    assert (row["visits"], row["n_known"], row["found"], row["fell"]) == (2, 2, 2, 4)
    assert (row["precision"], row["recall"], row["more_found"]) == (1.0, 0.5, -2.0)
    assert row["more_found_low"] <= -2.0 <= row["more_found_high"]
    ours = judged.filter(pl.col("season") == "2024Q1", pl.col("policy") == "list").row(0, named=True)
    assert (ours["precision"], ours["recall"]) == (None, 0.0)


def test_past_seasons_say_how_much_of_the_expected_came_out():
    fewer = pl.DataFrame({"risk": [0.5, 0.5, 0.9], "label": [False, True, None]})
    more = pl.DataFrame({"risk": [0.5, 0.3], "label": [True, False]})
    assert came_out([fewer, more]) == (1.0, 1.25)
    assert came_out([more.with_columns(label=pl.lit(None, dtype=pl.Boolean))]) == (1.0, 1.0)
    assert came_out([fewer.with_columns(label=pl.Series([False, False, None]))]) == (0.0, 1.0)


def test_the_same_draws_give_the_same_bounds():
    seasons = {"2024Q1": turns(COHORT)}
    assert judged_policies(seasons, 50, 1).equals(judged_policies(seasons, 50, 1))


def test_the_named_features_are_all_that_the_policies_go_by():
    named = FACTS.select("household_id", *facts_needed(alert_rules()))
    assert visited_cohort(ROWS, named, alert_rules(), must_visits(MustVisitParameters())).equals(COHORT)


def test_townships_numbered_alike_in_two_counties_are_visited_apart():
    """T1 of C1 and T1 of C2 have two visits each."""
    twice = pl.concat(
        [
            COHORT,
            COHORT.with_columns(
                pl.col("household_id") + "b", county_id=pl.lit("C2"), village_id=pl.col("village_id")
            ),
        ]
    )
    visiting = Visiting(Capacity("township", 2), {})
    for policy in POLICIES:
        made = turns_under(policy, twice, visiting).filter(visited()).group_by("county_id").len()
        alone = turns_under(policy, COHORT, visiting).filter(visited())
        assert dict(made.iter_rows()) == {"C1": len(alone), "C2": len(alone)}


def test_visits_counted_by_county_can_be_pooled_too():
    assert len(turns_under("pooled", COHORT, Visiting(Capacity("county", 3), {})).filter(visited())) == 3


def test_duties_with_visits_of_their_own_leave_the_others_theirs_under_every_policy():
    """H3's child dropped out: that visit comes on top, and every policy has it."""
    own = Visiting(Capacity("township", 1), {}, MustVisitParameters(visits="own"))
    chosen = {
        policy: turns_under(policy, COHORT, own).filter(visited())["household_id"].sort().to_list()
        for policy in POLICIES
    }
    assert chosen["list"] == chosen["pooled"] == ["H1", "H3"]
    assert chosen["risk_only"] == ["H1", "H4"]
    assert {len(one) for one in chosen.values()} == {2}


def test_where_no_record_alerts_anybody_no_list_of_alerts_is_judged():
    """A survey asks of no disaster and no dropout: such a list would be the poorest under another name."""
    silent = COHORT.with_columns(pl.lit([], dtype=pl.List(pl.String())).alias("alerts"))
    flat = VISITING.capacity
    speaking = [one for one in POLICIES if one != "flat"]
    assert policies_that_speak([COHORT, silent], flat) == speaking
    speaking.remove("alerts")
    assert policies_that_speak([silent], flat) == speaking
    seasons = {"2024Q1": {one: turns_under(one, silent, VISITING) for one in speaking}}
    assert judged_policies(seasons, 20, 1)["policy"].unique().sort().to_list() == sorted(speaking)


@pytest.mark.parametrize(
    ("capacity", "silent"),
    [
        (Capacity("township", 2), {"flat"}),
        (Capacity("township", 2, share="need"), {"need"}),
        (Capacity("county", 2), {"flat", "need"}),
    ],
)
def test_another_way_to_share_the_visits_is_judged_where_there_is_one(capacity, silent):
    assert set(POLICIES) - set(policies_that_speak([COHORT], capacity)) == silent
