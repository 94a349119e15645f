"""All trees of a model in one set of arrays, as a walk from the roots needs them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.arrays import Flags, Floats, Integers
from models.attribution.tree_text import Tree


class Forest(NamedTuple):
    """The splits and leaves of trees that have splits, one after the other.

    Attributes
    ----------
    first : ndarray of int, shape (n_trees + 1,)
        Number of each tree's first split, its root; last how many splits there are.
    cause, feature : ndarray of int, shape (n_splits,)
        Of the split.
    threshold : ndarray, shape (n_splits,)
        Numbers up to it go left.
    zero_left, missing_left : ndarray of bool, shape (n_splits,)
        Whether an exact zero and a missing value go left.
    children : ndarray of int, shape (n_splits, 2)
        Left and right: a split, or ``~leaf``.
    value : ndarray, shape (n_leaves,)
        Log-odds.
    most_splits : int
        Of a tree.
    """

    first: Integers
    cause: Integers
    feature: Integers
    threshold: Floats
    zero_left: Flags
    missing_left: Flags
    children: Integers
    value: Floats
    most_splits: int


def forest_of(trees: Sequence[Tree], cause_of: Sequence[int]) -> Forest:
    """Put trees into one set of arrays; those of a single leaf say the same of every row and are left out.

    Parameters
    ----------
    trees : sequence of Tree
        Any number.
    cause_of : sequence of int, shape (n_features,)
        The cause of each feature.
    """
    grown = [tree for tree in trees if len(tree.feature)]
    first_split = np.cumsum([0, *(len(tree.feature) for tree in grown)])
    first_leaf = np.cumsum([0, *(len(tree.leaf_value) for tree in grown)])
    shifted = [
        np.where(tree.children < 0, tree.children - leaf, tree.children + split)
        for tree, split, leaf in zip(grown, first_split, first_leaf, strict=False)
    ]
    feature = _joined([tree.feature for tree in grown], np.int64)
    return Forest(
        first=first_split,
        cause=np.asarray(cause_of, dtype=np.int64)[feature],
        feature=feature,
        threshold=_joined([tree.threshold for tree in grown], np.float64),
        zero_left=_joined([tree.zero_left for tree in grown], np.bool_),
        missing_left=_joined([tree.missing_left for tree in grown], np.bool_),
        children=np.concatenate([np.empty((0, 2), np.int64), *shifted]),
        value=_joined([tree.leaf_value for tree in grown], np.float64),
        most_splits=max((len(tree.feature) for tree in grown), default=0),
    )


def _joined(columns: list[NDArray[Any]], kind: type) -> NDArray[Any]:
    return np.concatenate([np.empty(0, kind), *columns])
