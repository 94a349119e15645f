import polars as pl
import pytest

from tests.watchlists.visits.test_policy_evaluation import COHORT
from watchlists.visits.capacity import Capacity
from watchlists.visits.duty_lists import lists_with_ceilings, lists_without_duties
from watchlists.visits.must_visits import MustVisitParameters, TriedParameters
from watchlists.visits.policies import Visiting


def on(name, visits=1, mode="shared", codes=("dropout",)):
    visiting = Visiting(Capacity("township", visits), {}, MustVisitParameters(visits=mode))
    lists = lists_without_duties(COHORT, visiting, codes)
    return sorted(lists.filter(name)["household_id"])


def test_a_duty_displaces_the_riskiest_that_would_have_been_visited():
    """H3's child dropped out; H1 is riskiest."""
    assert on("is_listed") == ["H3"]
    assert on("listed_without_all") == on("listed_without_dropout") == ["H1"]


def test_a_rule_that_does_not_speak_displaces_nobody():
    assert on("listed_without_unsafe_water", codes=("unsafe_water",)) == on("is_listed")


def test_a_duty_with_a_visit_of_its_own_displaces_nobody_and_could_have_been_spent_elsewhere():
    assert on("is_listed", mode="own") == ["H1", "H3"]
    assert on("listed_without_all", mode="own") == ["H1", "H4"]


@pytest.mark.parametrize(("mode", "beside"), [("shared", 0), ("own", 1)])
def test_the_visits_beside_the_capacity_are_as_many_as_there_are_duties(mode, beside):
    visiting = Visiting(Capacity("township", 1), {}, MustVisitParameters(visits=mode))
    assert lists_without_duties(COHORT, visiting, ())["beside"].to_list() == [beside] * 4


@pytest.mark.parametrize("mode", ["shared", "own"])
def test_every_list_has_as_many_visits(mode):
    for visits in range(4):
        assert len(on("is_listed", visits, mode)) == len(on("listed_without_all", visits, mode))


def test_a_ceiling_leaves_out_who_is_known_to_have_more():
    """H3's child dropped out and nobody knows its income; were it known, the visit went to the riskiest."""
    tried = TriedParameters(rules=("dropout",), resources_below=(1.5,))
    visiting = Visiting(Capacity("township", 1), {}, MustVisitParameters(tried=tried))
    known = COHORT.with_columns(need=pl.when(pl.col("household_id") == "H3").then(-2.0).otherwise("need"))
    for cohort, listed in ((COHORT, "H3"), (known, "H1")):
        lists = lists_with_ceilings(cohort, visiting)
        assert lists.filter("listed_below_1.5")["household_id"].to_list() == [listed]
        assert lists.filter("duty_below_1.5")["household_id"].to_list() == (["H3"] if listed == "H3" else [])
