import numpy as np

from models.attribution.forest import forest_of
from models.attribution.tree_text import read_trees
from tests.models.attribution.test_cause_game import trained


def test_a_forest_sends_every_row_to_the_leaves_of_its_trees():
    booster, rows = trained(5, 4, gap=0.0, rounds=3)
    filled = np.nan_to_num(rows, nan=0.5)
    trees = read_trees(booster.model_to_string())
    forest = forest_of(trees, [0, 1, 0, 1])
    for row, expected in zip(filled, booster.predict(filled, raw_score=True), strict=True):
        total = 0.0
        for at in forest.first[:-1]:
            while at >= 0:
                value = row[forest.feature[at]]
                left = forest.zero_left[at] if abs(value) < 1e-35 else value <= forest.threshold[at]
                at = forest.children[at, 0 if left else 1]
            total += forest.value[~at]
        assert abs(total - expected) < 1e-10


def test_trees_without_splits_are_left_out():
    booster, _ = trained(1, 2, min_data_in_leaf=200)
    forest = forest_of(read_trees(booster.model_to_string()), [0, 1])
    assert len(forest.feature) == 0 == forest.most_splits
