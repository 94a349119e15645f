"""The compiled walk: products down the edges of the trees, sums up.

What is computed is derived in `models.attribution.cause_game`. The innermost loops run over rows, so
they become vector instructions while every row's own sums keep one order: the result has
the same bits in any block and with any number of threads.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

from models.arrays import Floats
from models.attribution.tree_edges import FAILED_ABOVE, FAILS, PASSES, Edges


def compiled(function: Callable[..., Any]) -> Any:  # noqa: ANN401 - numba's dispatcher is untyped
    """Compile at the first call and keep the machine code.

    numba keeps it in ``__pycache__`` beside this file or, where that cannot be written, in
    the user's cache folder (``NUMBA_CACHE_DIR`` names another). Where neither can be
    written, as in a read-only install without a home, every process compiles for itself.
    """
    try:
        return njit(nogil=True, cache=True)(function)
    except RuntimeError:
        return njit(nogil=True)(function)


@compiled
def walk_edges(block: Floats, edges: Edges, numbers: Floats, parts: Floats) -> None:
    """Add to `parts` what the trees say of the rows of `block`.

    Parameters
    ----------
    block : ndarray of float64, shape (n_features, n_rows)
        NaN where a value is missing.
    edges : Edges
        At least one.
    numbers : ndarray, shape (n_edges, 5, n_points)
        Factors of the states 0, 1 and 2 and changes of psi of the states 1 and 2. At an
        edge to a leaf the factors are multiplied by the leaf's value and the quadrature
        weight, and the changes by the factors.
    parts : ndarray, shape (n_causes, n_rows)
        Changed in place.
    """
    n_rows, n_levels = block.shape[1], edges.level.max() + 1
    state = np.full((n_levels, n_rows), PASSES)
    product = np.ones((n_levels, numbers.shape[2], n_rows))
    below = np.zeros_like(product)
    edge_at = np.zeros(n_levels, np.int64)
    for edge in range(len(edges.level)):
        level, k = edges.level[edge], edges.n_points[edge]
        edge_at[level] = edge
        values, above = block[edges.feature[edge]], product[level - 1, :k]
        _enter(values, edges.threshold[edge], edges.takes[edge], state[edges.above[edge]], state[level])
        if edges.closes[edge] == 0:
            _multiply(numbers[edge], state[level], above, product[level, :k], below[level, :k])
        else:
            _read_leaf(numbers[edge], state[level], above, below[level - 1, :k], parts[edges.cause[edge]])
        for done in range(level - 1, level - edges.closes[edge], -1):
            closed, total = edge_at[done], below[done - 1, :k]
            _collect(numbers[closed], state[done], below[done, :k], total, parts[edges.cause[closed]])


@compiled
def edge_states(block: Floats, edges: Edges) -> Floats:
    """Give the state of each row of `block` at each edge, shape (n_edges, n_rows)."""
    n_rows, n_levels = block.shape[1], edges.level.max() + 1
    states, state = np.empty((len(edges.level), n_rows)), np.full((n_levels, n_rows), PASSES)
    for edge in range(len(edges.level)):
        values, here = block[edges.feature[edge]], state[edges.level[edge]]
        _enter(values, edges.threshold[edge], edges.takes[edge], state[edges.above[edge]], here)
        for row in range(n_rows):  # assigning the slice would triple the time to compile
            states[edge, row] = here[row]
    return states


@compiled
def _enter(values: Floats, threshold: float, takes: Floats, above: Floats, state: Floats) -> None:
    """Set the state of each row from its value and its state at the edge above of the cause."""
    small, zero, missing = takes
    large = FAILS + PASSES - small
    for row in range(len(values)):
        value = values[row]
        passed = small if value <= threshold else large
        passed = zero if value == 0.0 else passed
        passed = missing if np.isnan(value) else passed
        state[row] = passed if above[row] == PASSES else FAILED_ABOVE


@compiled
def _multiply(numbers: Floats, state: Floats, above: Floats, product: Floats, below: Floats) -> None:
    """Carry the product down to an edge that leads to a split; nothing is known below it yet."""
    for point in range(len(product)):
        failed_above, fails, passes = numbers[0, point], numbers[1, point], numbers[2, point]
        for row in range(len(state)):
            factor = passes if state[row] == PASSES else fails
            factor = factor if state[row] > FAILED_ABOVE else failed_above
            product[point, row] = above[point, row] * factor
            below[point, row] = 0.0


@compiled
def _read_leaf(numbers: Floats, state: Floats, above: Floats, total: Floats, part: Floats) -> None:
    """Add a leaf to the sum of the edge above and to the part of its own edge's cause."""
    for point in range(len(total)):
        failed_above, fails, passes = numbers[0, point], numbers[1, point], numbers[2, point]
        part_fails, part_passes = numbers[3, point], numbers[4, point]
        for row in range(len(state)):
            factor = passes if state[row] == PASSES else fails
            factor = factor if state[row] > FAILED_ABOVE else failed_above
            change = part_passes if state[row] == PASSES else part_fails
            change = change if state[row] > FAILED_ABOVE else 0.0
            total[point, row] += above[point, row] * factor
            part[row] += above[point, row] * change


@compiled
def _collect(numbers: Floats, state: Floats, below: Floats, total: Floats, part: Floats) -> None:
    """Add the sum below a finished edge to the edge above and to the part of its cause."""
    for point in range(len(below)):
        fails, passes = numbers[3, point], numbers[4, point]
        for row in range(len(state)):
            change = passes if state[row] == PASSES else fails
            change = change if state[row] > FAILED_ABOVE else 0.0
            part[row] += change * below[point, row]
            total[point, row] += below[point, row]
