import importlib
import warnings

import lightgbm as lgb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.attribution.blocks import LANES
from models.attribution.cause_game import shapley_values, shapley_values_against
from models.attribution.tree_text import read_trees
from tests.models.coalitions import brute_force, brute_force_against, trees_of, worth

MISSING = [{}, {"zero_as_missing": True}, {"use_missing": False}]


def trained(seed, n_features, n_rows=150, rounds=2, gap=0.15, **params):
    """A small booster, and rows with gaps, zeros, numbers that count as zero and numbers out of range."""
    generator = np.random.default_rng(seed)
    matrix = np.round(generator.normal(size=(n_rows, n_features)), 1)
    steep = np.exp(2 * matrix[:, 0]) / 20 + matrix.sum(axis=1) * matrix[:, -1] / 5  # long chains of splits
    matrix[generator.random(matrix.shape) < gap] = np.nan
    wanted = {
        "objective": "regression",
        "num_leaves": 16,
        "min_data_in_leaf": 1,
        "min_data_in_bin": 1,
        "num_threads": 1,
        "verbosity": -1,
        "seed": seed,
        **params,
    }
    booster = lgb.train(wanted, lgb.Dataset(matrix, steep), rounds)
    rows = np.vstack([matrix[:20], generator.normal(size=(20, n_features))])
    odd = generator.choice([np.nan, 0.0, 1e-36, -1e-36, 1e300, -1e300], size=rows.shape)
    return booster, np.where(generator.random(rows.shape) < 0.3, odd, rows)


@st.composite
def cases(draw):
    """A booster, rows, the cause of each feature and the number of causes, some of them without features."""
    n_features, n_causes = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    booster, rows = trained(
        draw(st.integers(0, 10_000)),
        n_features,
        gap=draw(st.sampled_from([0.0, 0.15])),
        num_leaves=draw(st.integers(2, 24)),
        max_depth=draw(st.integers(1, 12)),
        **draw(st.sampled_from(MISSING)),
    )
    causes = st.integers(0, n_causes - 1)
    return booster, rows, draw(st.lists(causes, min_size=n_features, max_size=n_features)), n_causes


def split(booster, rows, cause_of, n_causes, threads=1):
    return shapley_values(rows, read_trees(booster.model_to_string()), cause_of, n_causes, threads)


@settings(max_examples=40)
@given(cases())
def test_any_trees_under_any_grouping_agree_with_every_coalition(case):
    np.testing.assert_allclose(split(*case), brute_force(*case), rtol=0, atol=1e-12)


@settings(max_examples=40)
@given(cases())
def test_single_features_get_lightgbms_own_contributions(case):
    booster, rows, *_ = case
    expected = booster.predict(rows, pred_contrib=True, num_threads=1)
    parts = split(booster, rows, range(rows.shape[1]), rows.shape[1])
    base = sum(tree.mean for tree in read_trees(booster.model_to_string()))
    np.testing.assert_allclose(parts, expected[:, :-1], rtol=0, atol=1e-10)
    np.testing.assert_allclose(base, expected[:, -1], rtol=0, atol=1e-10)


@settings(max_examples=20)
@given(cases())
def test_parts_against_a_background_agree_with_every_coalition(case):
    booster, rows, *grouping = case
    background, explained = rows[:5], rows[5:11]
    parts = shapley_values_against(background, explained, read_trees(booster.model_to_string()), *grouping)
    expected = brute_force_against(background, booster, explained, *grouping)
    np.testing.assert_allclose(parts, expected, rtol=0, atol=1e-12)


def test_twelve_causes_agree_with_every_one_of_the_4096_coalitions():
    booster, rows = trained(5, 24, rounds=1, num_leaves=40)
    cause_of = np.arange(24) % 12
    parts, expected = split(booster, rows, cause_of, 12), brute_force(booster, rows, cause_of, 12)
    np.testing.assert_allclose(parts, expected, rtol=0, atol=1e-12)
    assert len(np.flatnonzero(np.abs(expected).max(axis=0))) >= 10


@pytest.fixture
def shap():
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", PendingDeprecationWarning
        )  # its plots use an old name of matplotlib's
        return importlib.import_module("shap")


def test_shaps_own_code_agrees_on_single_features(shap):
    booster, rows = trained(3, 12, n_rows=600, rounds=20, num_leaves=63)
    explainer = shap.TreeExplainer(booster)
    explainer.model.model_type = "internal"  # otherwise shap asks LightGBM, which is tested above
    expected = explainer.shap_values(np.where(np.abs(rows) > 1e30, 3.0, rows), check_additivity=False)
    parts = split(booster, np.where(np.abs(rows) > 1e30, 3.0, rows), range(12), 12)
    np.testing.assert_allclose(parts, expected, rtol=0, atol=1e-10)


def test_a_sum_of_shap_values_is_not_the_value_of_the_cause():
    booster, rows = trained(4, 6, rounds=10)
    singles = split(booster, rows, range(6), 6)
    causes = split(booster, rows, [0, 0, 0, 1, 1, 2], 3)
    assert np.abs(singles[:, :3].sum(axis=1) - causes[:, 0]).max() > 0.01


@pytest.mark.parametrize("depth", [1, 60])
def test_long_chains_of_splits_add_up(depth):
    booster, rows = trained(6, 40, n_rows=900, rounds=3, num_leaves=61, max_depth=depth)
    parts = split(booster, rows, range(40), 40)
    trees = trees_of(booster)
    known = worth(trees, rows, range(40), range(40))
    np.testing.assert_allclose(parts.sum(axis=1) + worth(trees, rows, range(40), []), known, atol=1e-9)
    np.testing.assert_allclose(known, booster.predict(rows, raw_score=True, num_threads=1), atol=1e-9)


def test_a_model_without_splits_gives_nobody_anything():
    booster, rows = trained(7, 3, min_data_in_leaf=100_000)
    (mean,) = {tree.mean for tree in read_trees(booster.model_to_string())[:1]}
    assert mean == pytest.approx(booster.predict(rows, raw_score=True, num_threads=1)[0])
    assert not split(booster, rows, [0, 0, 1], 2).any()
    assert not shapley_values_against(rows, rows, read_trees(booster.model_to_string()), [0, 0, 1], 2).any()


def test_blocks_and_threads_change_no_bit():
    booster, rows = trained(8, 9, rounds=5)
    many = np.tile(rows, (16, 1))
    assert len(many) > 2 * LANES
    whole, cause_of = split(booster, many, np.arange(9) % 4, 4), np.arange(9) % 4
    alone = np.vstack([split(booster, row[np.newaxis], cause_of, 4) for row in rows])
    assert (split(booster, many, cause_of, 4, threads=2) == whole).all()
    assert (np.tile(alone, (16, 1)) == whole).all()
    trees = read_trees(booster.model_to_string())
    one, two = (shapley_values_against(many, rows[:4], trees, cause_of, 4, n) for n in (1, 2))
    assert (one == two).all()
