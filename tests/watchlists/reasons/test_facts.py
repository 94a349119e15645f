"""What stands behind a cause: what happened within the year, and what stands out."""

import pytest

from features.declaration import declared_features
from tests.watchlists.lists import features
from watchlists.reasons.facts import County

#: Everybody else lives like this.
NEIGHBOURS = [{"household_id": f"H{n}", "n_able_to_work": 2.0, "highest_education": 9.0} for n in (2, 3, 4)]


USUAL = {"household_id": "H1", "n_able_to_work": 2.0, "highest_education": 9.0}


def county(row, earlier=None):
    facts = features({**USUAL, **row}, *NEIGHBOURS)
    before = None if earlier is None else features({**USUAL, **earlier})
    return County(facts, declared_features(), earlier=before), facts.row(0, named=True)


def happened(cause, row, earlier=None):
    of, household = county(row, earlier)
    return [(one.feature.name, one.a_year_ago) for one in of.happened(household, cause, 3)]


def standing(group, row, earlier=None):
    of, household = county(row, earlier)
    return [one.feature.name for one in of.standing_out(household, group, 3, lasting=True)]


def test_an_event_is_told_whether_or_not_there_was_one_a_year_ago():
    accident = {"n_accidents_12m": 1.0}
    assert happened("accident", accident, accident) == [("n_accidents_12m", 1.0)]
    assert happened("accident", accident) == [("n_accidents_12m", None)]


def test_an_event_counts_only_where_all_it_asks_for_is_so():
    """School fees without anybody at school are no event."""
    fees = {"school_cost_over_needs": 0.3}
    assert happened("schooling", fees) == []
    assert happened("schooling", {**fees, "n_students": 1.0}) == [("school_cost_over_needs", None)]


def test_what_changed_towards_risk_is_told_and_what_changed_for_the_better_is_not():
    assert happened("labour", {"n_weak_labour": 1.0}, {"n_weak_labour": 0.0}) == [("n_weak_labour", 0.0)]
    assert happened("labour", {"n_weak_labour": 1.0}, {"n_weak_labour": 2.0}) == []
    assert happened("labour", {"n_weak_labour": 1.0}, {"n_weak_labour": 1.0}) == []


def test_without_a_year_behind_the_household_nothing_but_events_happened():
    assert happened("labour", {"n_weak_labour": 1.0}) == []


def test_what_lasts_stood_out_a_year_ago_too():
    assert standing("labour", {"n_weak_labour": 1.0}, {"n_weak_labour": 1.0}) == ["n_weak_labour"]
    assert standing("labour", {"n_weak_labour": 1.0}, {"n_weak_labour": 0.0}) == []
    assert standing("labour", {"n_weak_labour": 1.0}) == ["n_weak_labour"]


@pytest.mark.parametrize(
    ("group", "row", "beside"),
    [
        ("household", {"highest_education": 0.0}, {"n_beyond_compulsory": 1.0}),
        ("employment", {"n_seeking": 1.0}, {"n_able_to_work": 0.0}),
    ],
)
def test_what_other_records_contradict_is_not_told(group, row, beside):
    assert standing(group, row) == list(row)
    assert standing(group, {**row, **beside}) == []


def test_what_describes_a_household_plainly_is_told_first():
    assert standing("household", {"is_elderly_only": 1.0}) == ["is_elderly_only"]
    nobody = {"n_able_to_work": 0.0, "n_weak_labour": 2.0}
    assert standing("labour", nobody) == ["n_able_to_work", "n_weak_labour"]


def test_a_story_is_told_once_by_its_plainest_feature():
    row = {
        "own_payment_over_needs_12m": 0.2,
        "own_payment_over_income_12m": 0.9,
        "n_major_illness_members": 1.0,
    }
    assert happened("illness", row) == [("own_payment_over_needs_12m", None)]
    of, household = county(row)
    assert of.happened(household, "illness", 3, {"own_payment_over_rural_income_12m"}) == []
