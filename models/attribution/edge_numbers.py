"""An edge's factors and changes of psi at the quadrature points, for both games."""

from collections.abc import Callable
from typing import Any

import numpy as np

from models.arrays import Floats
from models.attribution.tree_edges import Edges

#: Numbers or arrays that broadcast to (n_edges, n_points).
Numbers = list[Any]
Rule = Callable[[Floats, Edges], tuple[Numbers, Numbers]]


def edge_numbers(edges: Edges, rule: Rule) -> Floats:
    """Give what `models.attribution.edge_walk.walk_edges` needs of each edge.

    Parameters
    ----------
    edges : Edges
        Of all trees.
    rule : callable
        From the points t, shape (k,), and edges, shape (n, 1), to the factors of the states
        0, 1 and 2 and the changes of psi of the states 1 and 2.

    Returns
    -------
    ndarray, shape (n_edges, 5, n_points)
        Zero beyond an edge's own points.
    """
    numbers = np.zeros((len(edges.level), 5, edges.n_points.max(initial=0)))
    for k in np.unique(edges.n_points):
        at = edges.n_points == k
        chosen = Edges._make(column[at, np.newaxis] for column in edges)
        x, quadrature_weight = np.polynomial.legendre.leggauss(int(k))
        factors, changes = rule((x + 1) / 2, chosen)
        is_leaf = chosen.closes > 0
        scale = np.where(is_leaf, chosen.value * quadrature_weight / 2, 1.0)
        scaled = [factor * scale for factor in factors]
        changed = [
            change * np.where(is_leaf, one, 1.0) for change, one in zip(changes, scaled[1:], strict=True)
        ]
        numbers[at, :, :k] = np.stack([*scaled, *changed], axis=1)
    return numbers


def average_rule(t: Floats, edges: Edges) -> tuple[Numbers, Numbers]:
    """Weigh the unknown by the shares of training rows: the table in `models.attribution.cause_game`."""
    p_above, p_here = (t + (1 - t) * weight for weight in (edges.weight_above, edges.weight))
    psi_above, psi_here = (1 - edges.weight_above) / p_above, (1 - edges.weight) / p_here
    return (
        [edges.weight / edges.weight_above, (1 - t) * edges.weight / p_above, p_here / p_above],
        [-1 / (1 - t) - psi_above, psi_here - psi_above],
    )


#: By the household's state at an edge, the same for the states of a background row, whose
#: weights are 0 or 1. Where both fail the product is 0, whatever the change of psi.
BACKGROUND_RULES: tuple[Rule, ...] = (
    lambda _t, _edges: ([0.0, 0.0, 1.0], [0.0, 0.0]),
    lambda t, _edges: ([0.0, 0.0, 1 - t], [0.0, -1 / (1 - t)]),
    lambda t, _edges: ([1.0, t, 1.0], [1 / t, 0.0]),
)
