import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from models.attribution import patterns
from models.attribution.blocks import block_of
from models.attribution.edge_numbers import average_rule, edge_numbers
from models.attribution.edge_walk import walk_edges
from models.attribution.games import game_of
from models.attribution.patterns import MOST, patterns_of
from models.attribution.tree_edges import list_edges
from models.attribution.tree_text import read_trees
from tests.models.attribution.test_cause_game import MISSING, trained


def of(seed, n_features=6, **params):
    booster, rows = trained(seed, n_features, rounds=3, **params)
    return read_trees(booster.model_to_string()), rows


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(2, 24), st.integers(1, MOST), st.sampled_from(MISSING))
def test_what_is_looked_up_is_what_a_walk_would_say(seed, num_leaves, max_depth, missing):
    trees, rows = of(seed, num_leaves=num_leaves, max_depth=max_depth, **missing)
    cause_of, block = np.random.default_rng(seed).integers(0, 4, 6).tolist(), block_of(rows)
    edges = list_edges(trees, cause_of)
    looked_up, walked = np.zeros((4, len(rows))), np.zeros((4, len(rows)))
    game = game_of(trees, cause_of)
    game.play(block, looked_up)
    walk_edges(block, edges, edge_numbers(edges, average_rule), walked)
    assert game.patterns is not None
    assert_allclose(looked_up, walked, atol=1e-12)


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(2, 40))
def test_every_leaf_is_in_one_group_and_no_group_has_more_splits_than_bits(seed, num_leaves):
    trees, _ = of(seed, num_leaves=num_leaves, max_depth=MOST)
    found = patterns_of(list_edges(trees, range(6)))
    assert len(found.groups) == len(trees) + 1
    assert (np.diff(found.first_split) <= MOST).all()
    assert (np.diff(found.groups) >= 1).all()
    assert (np.diff(found.groups) <= [len(tree.leaf_value) for tree in trees]).all()
    for tree, (start, end) in zip(trees, zip(found.groups, found.groups[1:], strict=False), strict=True):
        splits = found.split[found.first_split[start] : found.first_split[end]]
        assert set(splits.tolist()) == set(range(len(tree.feature)))


def test_a_tree_of_few_splits_is_one_table():
    trees, _ = of(1, num_leaves=4)
    assert patterns_of(list_edges(trees, range(6))).groups.tolist() == [0, 1, 2, 3]


def test_trees_with_a_long_path_are_walked():
    booster, _ = trained(3, 1, rounds=1, num_leaves=40, max_depth=-1, gap=0)
    edges = list_edges(read_trees(booster.model_to_string()), [0])
    assert edges.level.max() > MOST
    assert patterns_of(edges) is None


def test_tables_that_no_cache_would_hold_are_not_made(monkeypatch):
    trees, _ = of(1)
    monkeypatch.setattr(patterns, "LARGEST", 1000)
    assert patterns_of(list_edges(trees, range(6))) is None


def test_trees_without_a_split_have_no_tables():
    trees, _ = of(1, min_gain_to_split=1e9)
    assert patterns_of(list_edges(trees, range(6))) is None
