"""The compiled walk of a row and its row of an earlier day down the same trees.

What is computed is derived in `models.attribution.contrast`. A row's sums keep one order, left before right
whichever day went there: the same bits in any block and with any number of threads, and exchanging the
days changes nothing but signs.
"""

import numpy as np

from models.arrays import Floats, Integers
from models.attribution.edge_walk import compiled
from models.attribution.forest import Forest

ONE = np.uint64(1)


@compiled
def walk_pairs(now: Floats, then: Floats, forest: Forest, weights: Floats, parts: Floats) -> None:
    """Add to `parts` what the trees say of `now` and did not of `then`.

    Parameters
    ----------
    now, then : ndarray of float64, shape (n_rows, n_features)
        NaN where a value is missing.
    forest : Forest
        The trees.
    weights : ndarray, shape (n, n)
        Integral of t^i (1-t)^j.
    parts : ndarray, shape (n_rows, n_causes)
        Changed in place.
    """
    size = len(forest.feature) + 1
    splits, only_now, only_then = (
        np.empty(size, np.int64),
        np.empty(size, np.uint64),
        np.empty(size, np.uint64),
    )
    for row in range(len(now)):
        for root in forest.root:
            splits[0], only_now[0], only_then[0] = root, np.uint64(0), np.uint64(0)
            _walk_tree(now[row], then[row], forest, weights, parts[row], splits, only_now, only_then)


@compiled
def _walk_tree(
    now: Floats,
    then: Floats,
    forest: Forest,
    weights: Floats,
    part: Floats,
    splits: Integers,
    only_now: Integers,
    only_then: Integers,
) -> None:
    """Follow both rows; where they part, both ways are walked with the cause satisfied on one day only."""
    waiting = 1
    while waiting > 0:
        waiting -= 1
        at, today, before = splits[waiting], only_now[waiting], only_then[waiting]
        while at >= 0:
            bit = ONE << np.uint64(forest.cause[at])
            side, side_then = _side(now, forest, at), _side(then, forest, at)
            if today & bit:
                side_then = side
            elif before & bit:
                side = side_then
            if side != side_then:  # right waits, left is walked first
                splits[waiting] = forest.children[at, 1]
                only_now[waiting] = today | bit if side == 1 else today
                only_then[waiting] = before if side == 1 else before | bit
                waiting += 1
                today, before = (today | bit, before) if side == 0 else (today, before | bit)
                side = 0
            at = forest.children[at, side]
        if today | before:
            _read_leaf(forest.value[~at], today, before, weights, part)


@compiled
def _side(row: Floats, forest: Forest, at: int) -> int:
    """Say whether a row goes left (0) or right (1) at a split."""
    value = row[forest.feature[at]]
    if np.isnan(value):
        return 0 if forest.missing_left[at] else 1
    if value == 0.0:
        return 0 if forest.zero_left[at] else 1
    return 0 if value <= forest.threshold[at] else 1


@compiled
def _read_leaf(value: float, today: int, before: int, weights: Floats, part: Floats) -> None:
    """Share a leaf out among the causes that are satisfied there on one of the two days only."""
    a, b = 0, 0
    for cause in range(len(part)):
        bit = ONE << np.uint64(cause)
        a += 1 if today & bit else 0
        b += 1 if before & bit else 0
    for cause in range(len(part)):
        bit = ONE << np.uint64(cause)
        if today & bit:
            part[cause] += value * weights[a - 1, b]
        elif before & bit:
            part[cause] -= value * weights[a, b - 1]
