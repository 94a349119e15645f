import pytest

from features.declaration import declared_features
from register.reference import cause_events
from watchlists.reasons.feature_words import (
    DESCRIBING,
    STORIES,
    UNITS,
    contradicts,
    is_flag,
    story_of,
    value_words,
)

FEATURES = {one.name: one for one in declared_features()}


def test_every_declared_unit_has_words():
    assert {one.unit for one in FEATURES.values()} <= set(UNITS)


def test_a_story_is_told_by_declared_features_of_one_cause_whose_direction_is_known_or_that_are_events():
    events = {name for one in cause_events() for name in one.at_least}
    for story in STORIES:
        assert len({FEATURES[name].group for name in story}) == 1
        assert all(FEATURES[name].direction or name in events for name in story)
    assert story_of("n_seeking") == ("n_seeking",)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("own_payment_over_needs_12m", 0.32, ("32%", "32%")),
        ("own_payment_over_rural_income_12m", 1.071, ("107%", "107%")),
        ("dependent_share", 0.5, ("50%", "50%")),
        ("n_seeking", 1.0, ("1人", "1 person")),
        ("n_seeking", 2.0, ("2人", "2 persons")),
        ("mean_education", 4.5, ("4.5年", "4.5 years")),
        ("best_skill", 0.0, ("0", "0")),
        ("has_dangerous_house", 1.0, ("是", "yes")),
    ],
)
def test_a_value_is_told_as_people_say_it(name, value, words):
    assert value_words(FEATURES[name], value) == words


def test_what_describes_and_what_contradicts_are_declared_features():
    assert set(DESCRIBING) <= set(FEATURES)
    assert contradicts("mean_education", {"n_beyond_compulsory": 1.0})
    assert not contradicts("mean_education", {"n_beyond_compulsory": None})
    assert contradicts("n_out_of_work", {"n_able_to_work": 0.0})
    assert not contradicts("n_out_of_work", {"n_able_to_work": None})


def test_every_yes_or_no_feature_is_bounded_so():
    assert all(one.bounds == (0, 1) for one in FEATURES.values() if is_flag(one))
