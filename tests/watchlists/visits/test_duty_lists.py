import pytest

from tests.watchlists.visits.test_policy_evaluation import COHORT
from watchlists.visits.capacity import Capacity
from watchlists.visits.duty_lists import lists_without_duties
from watchlists.visits.must_visits import MustVisitParameters
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


@pytest.mark.parametrize("mode", ["shared", "own"])
def test_every_list_has_as_many_visits(mode):
    for visits in range(4):
        assert len(on("is_listed", visits, mode)) == len(on("listed_without_all", visits, mode))
