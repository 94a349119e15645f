from typing import get_args

import pytest

from features.declaration import declared_features
from register.reference import measures
from register.reference.measures import Need
from watchlists.reasons.measures import NEED_FEATURES, NEEDS, fitting_measures, unmet_needs


def fitting(cause, **facts):
    return fitting_measures([cause], facts, measures())


def test_every_need_is_told_by_declared_features():
    assert set(NEEDS) == set(get_args(Need))
    assert set(NEED_FEATURES) <= {one.name for one in declared_features()}


def test_a_household_with_nobody_able_to_work_is_not_offered_work():
    assert "employment" not in fitting("employment", n_able_to_work=0.0)


def test_a_worker_without_steady_work_is_offered_work_and_a_public_post():
    assert fitting("employment", n_able_to_work=1.0) == ["employment", "public_post"]


def test_an_unknown_count_meets_no_need():
    assert fitting("business", n_able_to_work=None) == []


@pytest.mark.parametrize(
    ("story", "measures_of_it"),
    [
        ({}, ["social"]),
        ({"n_students": 1.0, "n_under_18": 1.0}, ["compulsory_education", "education", "social"]),
        ({"n_students": 1.0, "n_beyond_compulsory": 1.0}, ["education", "social"]),  # at university
        ({"n_students": 1.0, "n_under_18": 1.0, "n_under_6": 1.0}, ["education", "social"]),  # at nursery
        ({"n_students": 1.0}, ["education", "social"]),  # a grown-up at evening school
        ({"n_dropouts": 1.0}, ["compulsory_education", "social"]),
    ],
)
def test_compulsory_school_is_for_children_who_are_or_should_be_there(story, measures_of_it):
    assert fitting("schooling", **story) == measures_of_it


def test_a_safe_house_is_neither_repaired_nor_left_and_nobody_is_moved_twice():
    assert fitting("housing", has_dangerous_house=0.0) == []
    assert fitting("housing", has_dangerous_house=1.0) == ["housing", "relocation"]
    assert fitting("housing", has_dangerous_house=1.0, is_relocated=1.0) == ["housing"]
    assert "housing" not in fitting("disaster", has_dangerous_house=0.0)


def test_water_is_made_safe_where_it_is_not():
    assert fitting("water", has_unsafe_water=0.0) == []
    assert fitting("water", has_unsafe_water=1.0) == ["water", "infrastructure"]


def test_the_needs_that_are_not_met_are_named():
    assert unmet_needs({"is_relocated": 1.0}, ["unsafe_house", "not_relocated"]) == [
        "unsafe_house",
        "not_relocated",
    ]
