"""Two ensembles in one text: what they say together, and what the text tells."""

import lightgbm as lgb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.risk.boosters import scrubbed
from models.risk.grafting import grafted
from tests.models.coalitions import brute_force, trees_of, worth

ROWS = 400
#: What a column may hold: zeros that LightGBM reads as zero, numbers on both sides, missing values.
VALUES = st.sampled_from([0.0, -0.0, 1e-36, 2e-35, -3.0, 0.5, 1.0, 4.0, np.nan])


def booster(seed, **parameters):
    """Trees of three columns, the first a small count, often missing."""
    generator = np.random.default_rng(seed)
    matrix = generator.normal(size=(ROWS, 3))
    matrix[:, 0] = np.where(generator.random(ROWS) < 0.2, np.nan, generator.poisson(0.7, ROWS))
    label = generator.random(ROWS) < 1 / (1 + np.exp(-matrix[:, 1] - 0.5 * np.nan_to_num(matrix[:, 0])))
    wanted = {"objective": "binary", "verbosity": -1, "num_threads": 1, "num_leaves": 5, **parameters}
    trained = lgb.train(wanted, lgb.Dataset(matrix, label.astype(int)), num_boost_round=4)
    return lgb.Booster(model_str=scrubbed(trained.model_to_string()))


EVERYBODY, OWN, STUMPS = booster(0), booster(1), booster(2, min_data_in_leaf=ROWS)


def mixed(everybody=EVERYBODY, own=OWN, part=0.5, share=0.25):
    return lgb.Booster(model_str=grafted(everybody.model_to_string(), own.model_to_string(), 0, part, share))


def margin(one, rows):
    return one.predict(rows, raw_score=True, num_threads=1)


@settings(deadline=None)
@given(
    st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=8),
    st.floats(0, 1),
    st.sampled_from([0.0, 0.01, 0.25, 1.0]),
    st.sampled_from([(EVERYBODY, OWN), (STUMPS, OWN), (EVERYBODY, STUMPS)]),
)
def test_above_zero_both_speak_and_elsewhere_everybodys_trees_alone(rows, part, share, pair):
    rows = np.array(rows)
    both, (everybody, own) = mixed(*pair, part, share), (margin(one, rows) for one in pair)
    turned = rows[:, 0] > 1e-35
    np.testing.assert_allclose(
        margin(both, rows), np.where(turned, everybody + part * (own - everybody), everybody), atol=1e-14
    )
    np.testing.assert_array_equal(margin(both, rows)[~turned], everybody[~turned])


def test_a_household_is_split_as_every_coalition_says_of_both_with_the_switch_known_or_not():
    """A coalition without the switch hears everybody's trees by 1 - a p and the others by a p."""
    rows = np.array([[0.0, 1.0, -1.0], [2.0, -0.5, 0.3], [np.nan, 0.2, 0.0]])
    everybody, own, both = (trees_of(one) for one in (EVERYBODY, OWN, mixed()))
    for known, turned in (([], 0.25), ([1], 0.25), ([0], rows[:, 0] > 0), ([0, 1, 2], rows[:, 0] > 0)):
        worths = [worth(trees, rows, [0, 1, 2], known) for trees in (everybody, own)]
        expected = worths[0] + 0.5 * turned * (worths[1] - worths[0])
        np.testing.assert_allclose(worth(both, rows, [0, 1, 2], known), expected, atol=5e-3)  # whole rows


def test_a_cause_of_the_switch_alone_has_a_part_in_the_mixture():
    rows = np.array([[2.0, -0.5, 0.3]])
    parts = brute_force(mixed(), rows, [0, 1, 2], 3)
    assert parts.sum() == pytest.approx(
        (margin(mixed(), rows) - worth(trees_of(mixed()), rows, [0, 1, 2], []))[0], abs=1e-12
    )
    assert parts[0, 0] != brute_force(EVERYBODY, rows, [0, 1, 2], 3)[0, 0]


def test_the_text_reads_back_as_it_was_and_says_that_the_switch_is_used():
    text = mixed(STUMPS, OWN).model_to_string()
    assert lgb.Booster(model_str=text).model_to_string() == text
    assert mixed(STUMPS, STUMPS).feature_importance("split").tolist() == [2, 0, 0]


def test_no_split_is_left_without_rows():
    """The rarest switch: its side of every tree still counts a row a leaf."""
    counts = [
        line.partition("=")[2].split()
        for line in mixed(share=0.0).model_to_string().split("\n")
        if line.startswith(("leaf_count=", "internal_count="))
    ]
    assert min(int(one) for words in counts for one in words) >= 1
