"""The edges of trees in the order they are walked, each with what its path has seen."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from models.arrays import Floats, Integers
from models.attribution.tree_text import Tree

#: What a household does at an edge: it left the splits of the edge's cause above, it leaves
#: them here, it satisfies all of them so far.
FAILED_ABOVE, FAILS, PASSES = 0.0, 1.0, 2.0


class Edges(NamedTuple):
    """The edges of all trees; below each follow the edges of its subtree.

    Attributes
    ----------
    level : ndarray of int, shape (n_edges,)
        Edges from the root to here, 1 below the root.
    closes : ndarray of int, shape (n_edges,)
        Subtrees finished with this edge; 0 unless it leads to a leaf.
    split : ndarray of int, shape (n_edges,)
        The split of its tree that the edge comes from.
    cause, feature : ndarray of int, shape (n_edges,)
        Of the split the edge comes from.
    above : ndarray of int, shape (n_edges,)
        Level of the nearest edge of the same cause above, 0 without one.
    threshold : ndarray, shape (n_edges,)
        Of the split.
    takes : ndarray, shape (n_edges, 3)
        `PASSES` or `FAILS` for numbers up to the threshold, zeros, missing values.
    weight_above, weight : ndarray, shape (n_edges,)
        Product of the shares of training rows over the edges of this cause, above and
        with this edge.
    value : ndarray, shape (n_edges,)
        Of the leaf, log-odds; 0 for other edges.
    n_points : ndarray of int, shape (n_edges,)
        Quadrature points that are exact for the tree: half its causes on a path, rounded up.
    """

    level: Integers
    closes: Integers
    split: Integers
    cause: Integers
    feature: Integers
    above: Integers
    threshold: Floats
    takes: Floats
    weight_above: Floats
    weight: Floats
    value: Floats
    n_points: Integers


_PATH = np.dtype(
    [(name, np.int64) for name in ("split", "side", "level", "above", "n_causes")]
    + [(name, np.float64) for name in ("weight_above", "weight")]
)


def list_edges(trees: Sequence[Tree], cause_of: Sequence[int]) -> Edges:
    """List the edges of `trees` under a grouping of the features.

    Parameters
    ----------
    trees : sequence of Tree
        At least one; trees without a split have no edges.
    cause_of : sequence of int, shape (n_features,)
        The cause of each feature.
    """
    listed = [_edges_of(tree, np.asarray(cause_of, dtype=np.int64)) for tree in trees]
    return Edges._make(np.concatenate(column) for column in zip(*listed, strict=True))


def _edges_of(tree: Tree, cause_of: Integers) -> Edges:
    path = np.array(_paths(tree, cause_of), dtype=_PATH)
    split, side, level = path["split"], path["side"], path["level"]
    child = tree.children[split, side]
    left = np.column_stack([np.ones(len(split), dtype=bool), tree.zero_left[split], tree.missing_left[split]])
    return Edges(
        level=level,
        closes=level + 1 - np.append(level[1:], 1)[: len(level)],
        split=split,
        cause=cause_of[tree.feature[split]],
        feature=tree.feature[split],
        above=path["above"],
        threshold=tree.threshold[split],
        takes=np.where(left == (side == 0)[:, np.newaxis], PASSES, FAILS),
        weight_above=path["weight_above"],
        weight=path["weight"],
        value=np.where(child < 0, tree.leaf_value[np.where(child < 0, ~child, 0)], 0.0),
        n_points=np.full(len(level), (path["n_causes"].max(initial=0) + 1) // 2),
    )


def _paths(tree: Tree, cause_of: Integers) -> list[tuple[float, ...]]:
    """Give the fields of `_PATH` for each edge.

    Edges wait on a stack with what their path has seen: by cause, the level of its last
    edge and its product of shares.
    """
    causes, shares, children = cause_of[tree.feature].tolist(), tree.shares.tolist(), tree.children.tolist()
    paths: list[tuple[float, ...]] = []
    waiting: list[tuple[int, int, int, dict[int, tuple[int, float]]]]
    waiting = [(0, side, 1, {}) for side in (1, 0) if causes]
    while waiting:
        split, side, level, latest = waiting.pop()
        above, weight_above = latest.get(causes[split], (0, 1.0))
        weight = weight_above * shares[split][side]
        latest = {**latest, causes[split]: (level, weight)}
        paths.append((split, side, level, above, len(latest), weight_above, weight))
        if children[split][side] >= 0:
            waiting += [(children[split][side], below, level + 1, latest) for below in (1, 0)]
    return paths
