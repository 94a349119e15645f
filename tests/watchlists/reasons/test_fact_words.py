import pytest

from features.declaration import declared_features
from watchlists.reasons.fact_words import fact, factor
from watchlists.reasons.facts import Fact

FEATURES = {one.name: one for one in declared_features()}


@pytest.mark.parametrize(
    ("name", "value", "median", "a_year_ago", "words"),
    [
        ("n_seeking", 2.0, 0.0, None, "求职人数：2人（全县一般0人）"),
        ("n_seeking", 2.0, 0.0, 1.0, "求职人数：2人（一年前1人，全县一般0人）"),
        ("n_seeking", 2.0, 0.0, 0.0, "求职人数：2人（全县一般0人）"),
        ("n_seeking", 2.0, 0.0, 2.0, "求职人数：2人（全县一般0人）"),
        ("has_unsafe_water", 1.0, 0.0, 0.0, "饮水不安全：是（一年前否）"),
        ("has_unsafe_water", 1.0, 0.0, 1.0, "饮水不安全：是"),
    ],
)
def test_a_value_stands_beside_what_it_was_and_what_is_usual_as_far_as_they_differ(
    name, value, median, a_year_ago, words
):
    assert fact(Fact(FEATURES[name], value, median, a_year_ago))[0] == words


def test_english_says_the_same():
    assert fact(Fact(FEATURES["n_seeking"], 2.0, 0.0, 1.0))[1] == (
        "members looking for work: 2 persons (a year ago 1 person, typical of the county: 0 persons)"
    )


def test_a_factor_near_one_keeps_two_digits():
    assert [factor(one) for one in (0.833, 0.04, -0.3)] == ["2.3", "1.04", "0.74"]
