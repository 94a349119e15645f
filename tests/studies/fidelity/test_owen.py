"""The Owen split is exact, and adds up to the cause's own part."""

from itertools import combinations
from math import factorial

import lightgbm as lgb
import numpy as np
import pytest

from features.declaration import declared_features
from models.attribution.cause_game import shapley_values
from models.attribution.tree_text import read_trees
from studies.fidelity.owen import is_fresh, owen_values
from tests.models.coalitions import trees_of, worth

CAUSE_OF, FRESH = [0, 0, 1, 1, 2, 2], np.array([True, False, True, False, True, False])


def trained(seed):
    generator = np.random.default_rng(seed)
    matrix = np.round(generator.normal(size=(300, len(CAUSE_OF))), 1)
    outcome = matrix[:, 0] * matrix[:, 1] + matrix[:, 2] * matrix[:, 4] + matrix.sum(axis=1)
    matrix[generator.random(matrix.shape) < 0.1] = np.nan
    wanted = {"num_leaves": 12, "min_data_in_leaf": 2, "num_threads": 1, "verbosity": -1, "seed": seed}
    return lgb.train(wanted, lgb.Dataset(matrix, outcome), 3), matrix[:8]


def by_hand(booster, rows):
    """Average over the orders in which a cause's two halves come one after the other, either first."""
    parts = np.zeros((len(rows), 3, 2))
    for cause in range(3):
        others = [one for one in range(3) if one != cause]
        for size in range(3):
            share = factorial(size) * factorial(2 - size) / factorial(3)
            for known in combinations(others, size):
                parts[:, cause] += share * _halves(booster, rows, cause, known)
    return parts


def _halves(booster, rows, cause, known):
    """Features are players here: those of a known cause, and of this one its standing or fresh facts."""
    whole = [at for at, one in enumerate(CAUSE_OF) if one in known]
    standing, fresh = (
        [at for at, one in enumerate(CAUSE_OF) if one == cause and FRESH[at] == is_it] for is_it in (0, 1)
    )
    chosen = (whole, whole + standing, whole + fresh, whole + standing + fresh)
    none, one, other, both = (worth(trees_of(booster), rows, range(len(CAUSE_OF)), more) for more in chosen)
    return np.column_stack([one - none + both - other, other - none + both - one]) / 2


@pytest.mark.parametrize("seed", [1, 2])
def test_the_split_is_the_mean_over_all_orders_that_keep_causes_together(seed):
    booster, rows = trained(seed)
    split = owen_values(rows, read_trees(booster.model_to_string()), CAUSE_OF, FRESH, 3)
    np.testing.assert_allclose(split, by_hand(booster, rows), atol=1e-12)


def test_fresh_and_standing_add_up_to_the_part_of_the_cause():
    booster, rows = trained(3)
    trees = read_trees(booster.model_to_string())
    split = owen_values(rows, trees, CAUSE_OF, FRESH, 3)
    np.testing.assert_allclose(split.sum(axis=2), shapley_values(rows, trees, CAUSE_OF, 3), atol=1e-12)


def test_windows_changes_times_since_and_events_are_fresh():
    features = declared_features()
    fresh = dict(zip((one.name for one in features), is_fresh(features, ["has_unsafe_water"]), strict=True))
    assert all(fresh[name] for name in ("n_accidents_12m", "livestock_change", "months_since_disaster"))
    assert fresh["has_unsafe_water"]
    assert not any(fresh[name] for name in ("n_students", "has_dangerous_house", "n_unsafe_water_24m"))
