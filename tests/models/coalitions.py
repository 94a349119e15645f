"""Shapley values by their definition, over every coalition: slow, plain, and sharing no code with the models.

A tree is a node of LightGBM's ``dump_model``, a coalition a set of causes.
"""

from itertools import combinations
from math import factorial

import numpy as np


def brute_force(booster, matrix, cause_of, n_causes):
    """Shapley values of the path-dependent game, one column a cause."""
    trees = trees_of(booster)
    return _shapley(lambda known: worth(trees, matrix, cause_of, known), n_causes)


def brute_force_against(background, booster, matrix, cause_of, n_causes):
    """Shapley values of the interventional game: unknown features come from a row of the background."""

    def mixed(known):
        chosen = np.isin(cause_of, list(known))
        rows = [np.where(chosen, matrix, row) for row in background]
        return np.mean([booster.predict(one, raw_score=True, num_threads=1) for one in rows], axis=0)

    return _shapley(mixed, n_causes)


def trees_of(booster):
    """The roots of the booster's trees."""
    return [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]


def worth(trees, matrix, cause_of, known):
    """What the trees say when only the causes in `known` are."""
    return sum(_value(tree, matrix, cause_of, known) for tree in trees)


def _shapley(game, n):
    worths = {known: game(known) for size in range(n + 1) for known in combinations(range(n), size)}
    values = []
    for cause in range(n):
        without = [known for known in worths if cause not in known]
        gains = [
            factorial(len(known))
            * factorial(n - len(known) - 1)
            / factorial(n)
            * (worths[tuple(sorted((*known, cause)))] - worths[known])
            for known in without
        ]
        values.append(sum(gains))
    return np.column_stack(values)


def _value(node, matrix, cause_of, known):
    if "leaf_value" in node:
        return np.full(len(matrix), node["leaf_value"])
    left, right = (_value(node[side], matrix, cause_of, known) for side in ("left_child", "right_child"))
    if cause_of[node["split_feature"]] in known:
        return np.where(_goes_left(node, matrix[:, node["split_feature"]]), left, right)
    n_left, n_right = _count(node["left_child"]), _count(node["right_child"])
    return (n_left * left + n_right * right) / (n_left + n_right)


def _goes_left(node, values):
    is_zero = np.abs(values) <= 1e-35
    missing = {"NaN": np.isnan(values), "Zero": np.isnan(values) | is_zero, "None": False}[
        node["missing_type"]
    ]
    read = np.where(np.isnan(values) | is_zero, 0.0, values)
    return np.where(missing, node["default_left"], read <= node["threshold"])


def _count(node):
    return node.get("internal_count", node.get("leaf_count"))
