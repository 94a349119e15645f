"""The compiled walk of a row and its row of an earlier day down the same trees.

What is computed is derived in `models.attribution.contrast`. A row's sums keep one order, left before right
whichever day went there: the same bits in any block and with any number of threads, and exchanging the
days changes nothing but signs.
"""

import numpy as np

from models.arrays import Bits, Bytes, Floats, Integers
from models.attribution.edge_walk import compiled
from models.attribution.forest import Forest
from models.attribution.forest_walk import go

ONE = np.uint64(1)


@compiled
def walk_pairs(now: Floats, then: Floats, forest: Forest, weights: Floats, parts: Floats) -> None:
    """Add to `parts` what the trees say of `now` and did not of `then`.

    Parameters
    ----------
    now, then : ndarray of float64, shape (n_features, n_rows)
        NaN where a value is missing.
    forest : Forest
        The trees.
    weights : ndarray, shape (n, n)
        Integral of t^i (1-t)^j.
    parts : ndarray, shape (n_rows, n_causes)
        Changed in place.
    """
    n_rows, size = now.shape[1], forest.most_splits
    today, before = np.empty((size, n_rows), np.uint8), np.empty((size, n_rows), np.uint8)
    splits, only_now, only_then = (
        np.empty(size, np.int64),
        np.empty(size, np.uint64),
        np.empty(size, np.uint64),
    )
    for tree in range(len(forest.first) - 1):
        root = forest.first[tree]
        parted = np.zeros(n_rows, np.uint8)
        for split in range(root, forest.first[tree + 1]):
            go(now, forest, split, today[split - root])
            go(then, forest, split, before[split - root])
            for row in range(n_rows):
                parted[row] |= today[split - root, row] ^ before[split - root, row]
        for row in range(n_rows):
            if parted[row]:
                splits[0], only_now[0], only_then[0] = root, np.uint64(0), np.uint64(0)
                sides = today[:, row], before[:, row]
                _walk_tree(sides, root, forest, weights, parts[row], (splits, only_now, only_then))


@compiled
def _walk_tree(
    sides: tuple[Bytes, Bytes],
    root: int,
    forest: Forest,
    weights: Floats,
    part: Floats,
    waiting: tuple[Integers, Bits, Bits],
) -> None:
    """Follow both days; where they part, both ways are walked with the cause satisfied on one day only."""
    (of_now, of_then), (splits, only_now, only_then) = sides, waiting
    n_waiting = 1
    while n_waiting > 0:
        n_waiting -= 1
        at, today, before = splits[n_waiting], only_now[n_waiting], only_then[n_waiting]
        while at >= 0:
            bit = ONE << np.uint64(forest.cause[at])
            side, side_then = of_now[at - root], of_then[at - root]
            if before & bit:
                side = side_then
            elif side != side_then and not today & bit:  # right waits, left is walked first
                left_now = side == 0
                splits[n_waiting] = forest.children[at, 1]
                only_now[n_waiting] = today if left_now else today | bit
                only_then[n_waiting] = before | bit if left_now else before
                n_waiting += 1
                today, before = (today | bit, before) if left_now else (today, before | bit)
                side = np.uint8(0)
            at = forest.children[at, side]
        if today | before:
            _read_leaf(forest.value[~at], today, before, weights, part)


@compiled
def _read_leaf(value: float, today: np.uint64, before: np.uint64, weights: Floats, part: Floats) -> None:
    """Share a leaf out among the causes that are satisfied there on one of the two days only."""
    a, b = _count(today), _count(before)
    cause, left = 0, today | before
    while left:
        if today & ONE << np.uint64(cause):
            part[cause] += value * weights[a - 1, b]
        elif before & ONE << np.uint64(cause):
            part[cause] -= value * weights[a, b - 1]
        cause += 1
        left >>= ONE


@compiled
def _count(bits: np.uint64) -> int:
    """Count the ones of a number."""
    n = 0
    while bits:
        bits &= bits - ONE
        n += 1
    return n
