"""The compiled look-up of households in the tables of patterns."""

import numpy as np

from models.arrays import Bytes, Floats, Integers
from models.attribution.edge_walk import compiled
from models.attribution.forest import Forest
from models.attribution.forest_walk import go
from models.attribution.patterns import Patterns


@compiled
def look_up(block: Floats, forest: Forest, patterns: Patterns, parts: Floats) -> None:
    """Add to `parts` what the tables say of the rows of `block`.

    A row's sums keep one order: the same bits in any block and with any number of threads.

    Parameters
    ----------
    block : ndarray of float64, shape (n_features, n_rows)
        NaN where a value is missing.
    forest : Forest
        The trees.
    patterns : Patterns
        Of the same trees.
    parts : ndarray, shape (n_causes, n_rows)
        Changed in place.
    """
    n_rows = block.shape[1]
    ways, pattern = np.empty((forest.most_splits, n_rows), np.uint8), np.empty(n_rows, np.uint8)
    for tree in range(len(forest.first) - 1):
        root = forest.first[tree]
        for split in range(root, forest.first[tree + 1]):
            go(block, forest, split, ways[split - root])
        for group in range(patterns.groups[tree], patterns.groups[tree + 1]):
            start, end = patterns.first_split[group], patterns.first_split[group + 1]
            _read(ways, patterns.split[start:end], pattern)
            for cause in range(patterns.first_cause[group], patterns.first_cause[group + 1]):
                _add(patterns.table[cause], pattern, parts[patterns.cause[cause]])


@compiled
def _read(ways: Bytes, splits: Integers, pattern: Bytes) -> None:
    """Put the bits of each row together, the last split's first."""
    for row in range(len(pattern)):
        pattern[row] = 0
    for bit in range(len(splits) - 1, -1, -1):
        way = ways[splits[bit]]
        for row in range(len(pattern)):  # a sum, as numba would shift in numbers of eight bytes
            pattern[row] = np.uint8(pattern[row] + pattern[row] + way[row])


@compiled
def _add(table: Floats, pattern: Bytes, part: Floats) -> None:
    """Add what a table says of each row's pattern."""
    for row in range(len(part)):
        part[row] += table[pattern[row]]
