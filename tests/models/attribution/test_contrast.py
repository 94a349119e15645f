"""A change split by cause: against every coalition, and what may never happen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.attribution.blocks import LANES
from models.attribution.contrast import MOST_CAUSES, contrast_values
from models.attribution.tree_text import read_trees
from register.errors import ContractError
from tests.models.attribution.test_cause_game import MISSING, trained
from tests.models.coalitions import brute_force_against


@st.composite
def changes(draw):
    """A booster, rows of two days, the cause of each feature, the number of causes."""
    n_features, n_causes = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    booster, rows = trained(
        draw(st.integers(0, 10_000)),
        n_features,
        num_leaves=draw(st.integers(2, 24)),
        max_depth=draw(st.integers(1, 12)),
        **draw(st.sampled_from(MISSING)),
    )
    then = rows[::-1].copy()
    kept = np.random.default_rng(draw(st.integers(0, 99))).random(rows.shape) < 0.5
    then[kept] = rows[kept]
    causes = st.integers(0, n_causes - 1)
    grouping = draw(st.lists(causes, min_size=n_features, max_size=n_features))
    return booster, rows, then, grouping, n_causes


def contrast(booster, now, then, cause_of, n_causes, threads=1):
    return contrast_values(now, then, read_trees(booster.model_to_string()), cause_of, n_causes, threads)


@settings(max_examples=40)
@given(changes())
def test_any_trees_under_any_grouping_agree_with_every_coalition(case):
    booster, now, then, cause_of, n_causes = case
    expected = brute_force_against([then], booster, now, cause_of, n_causes)
    np.testing.assert_allclose(contrast(*case), expected, rtol=0, atol=1e-12)


@settings(max_examples=40)
@given(changes())
def test_a_cause_without_a_changed_fact_gets_exactly_nothing(case):
    _booster, now, then, cause_of, n_causes = case
    same = (now == then) | (np.isnan(now) & np.isnan(then))
    parts = contrast(*case)
    for cause in range(n_causes):
        unchanged = same[:, np.asarray(cause_of) == cause].all(axis=1)
        assert (parts[unchanged, cause] == 0).all()


@settings(max_examples=40)
@given(changes())
def test_exchanging_the_days_changes_nothing_but_signs(case):
    booster, now, then, *grouping = case
    assert (contrast(booster, then, now, *grouping) == -contrast(*case)).all()


@settings(max_examples=40)
@given(changes())
def test_the_parts_add_up_to_what_the_trees_changed(case):
    booster, now, then, *_ = case
    today, before = (booster.predict(one, raw_score=True, num_threads=1) for one in (now, then))
    np.testing.assert_allclose(contrast(*case).sum(axis=1), today - before, rtol=0, atol=1e-10)


def test_blocks_and_threads_change_no_bit():
    booster, rows = trained(3, 6, rounds=20)
    now, then = np.tile(rows, (LANES // 15, 1)), np.tile(rows[::-1], (LANES // 15, 1))
    whole = contrast(booster, now, then, [0, 1, 2, 0, 1, 2], 3)
    assert (contrast(booster, now, then, [0, 1, 2, 0, 1, 2], 3, threads=3) == whole).all()
    assert (contrast(booster, now[7:9], then[7:9], [0, 1, 2, 0, 1, 2], 3) == whole[7:9]).all()


def test_trees_of_a_single_leaf_say_the_same_of_both_days():
    booster, rows = trained(1, 2, min_data_in_leaf=200)
    assert (contrast(booster, rows, rows[::-1], [0, 1], 2) == 0).all()


def test_more_causes_than_a_number_has_bits_are_refused():
    booster, rows = trained(1, 2)
    with pytest.raises(ContractError, match="at most 64 can be told apart in a change; group them"):
        contrast(booster, rows, rows, [0, 1], MOST_CAUSES + 1)
