r"""The Owen split: what of a cause's part is fresh and what is standing, at one date.

The unions are the causes, as in `models.attribution.cause_game`; within the union g two players,
its fresh facts a and its standing facts b, become known in either order with the same chance. With
:math:`o_g = o_a o_b` and :math:`w_g = w_a w_b`

.. math:: \phi_{g,a} = \sum_{leaves} v\,\frac{(o_a - w_a)(o_b + w_b)}{2}
   \int_0^1 \prod_{h \ne g} (t\,o_h + (1-t)\,w_h)\,dt

and the same for b; as (o_a - w_a)(o_b + w_b) + (o_b - w_b)(o_a + w_a) = 2 (o_g - w_g), the two add up to
the cause's Shapley value. Owen (1977), "Values of games with a priori unions".
"""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numba import njit

from features.declaration import Feature, feature_groups
from models.arrays import Flags, Floats, Integers
from models.attribution.blocks import ZERO
from models.attribution.tree_edges import FAILS, PASSES, Edges, list_edges
from models.attribution.tree_text import Tree, read_trees
from models.risk.model import RiskModel

#: By name: a window of a year or less, a change, a time since.
FRESH = re.compile(r"_(3|6|12)m$|_change(_1y)?$|^months_since_")


def is_fresh(features: Sequence[Feature], events: Sequence[str]) -> Flags:
    """Mark the facts of the last 12 months: windows, changes, times since, and what counts as an event.

    Parameters
    ----------
    features : sequence of Feature
        In the order of the matrix.
    events : sequence of str
        Features by which an event of a cause is known, whatever their name.
    """
    return np.array([bool(FRESH.search(one.name)) or one.name in events for one in features])


def owen_parts(model: RiskModel, frame: pd.DataFrame, fresh: Flags) -> Floats:
    """Give the fresh facts' share of each group's part of a model's trees, calibrated log-odds.

    Returns
    -------
    ndarray, shape (n_households, n_groups)
        In the order of `feature_groups`.
    """
    groups = feature_groups()
    place = {name: at for at, names in enumerate(groups.values()) for name in names}
    trees = [tree for member in model.members_ for tree in read_trees(member.model_to_string())]
    cause_of = [place[name] for name in model.feature_names]
    parts = owen_values(model.checked(frame), trees, cause_of, fresh, len(groups)) / len(model.members_)
    base = np.full(len(frame), model.raw_margin(frame).mean())
    split = model.calibration_.map.split(base, parts.reshape(len(frame), -1))[1]
    return split.reshape(parts.shape)[:, :, 1]


def owen_values(
    matrix: Floats, trees: Sequence[Tree], cause_of: Sequence[int], fresh: Flags, n_causes: int
) -> Floats:
    """Split the sum of `trees` over the fresh and the standing facts of each cause.

    Parameters
    ----------
    matrix : ndarray of float64, shape (n_households, n_features)
        NaN where a value is missing.
    trees : sequence of Tree
        Their values are added.
    cause_of : sequence of int, shape (n_features,)
        The cause of each feature, counted from 0.
    fresh : ndarray of bool, shape (n_features,)
        Which facts are fresh.
    n_causes : int
        How many causes.

    Returns
    -------
    ndarray, shape (n_households, n_causes, 2)
        Log-odds: standing and fresh; their sum is `shapley_values`.
    """
    edges = list_edges(trees, cause_of)
    points = [np.polynomial.legendre.leggauss(k) for k in range(1, int(edges.n_points.max(initial=1)) + 1)]
    nodes, weights = np.zeros((2, len(points) + 1, len(points)))
    for k, (x, weight) in enumerate(points, 1):
        nodes[k, :k], weights[k, :k] = (x + 1) / 2, weight / 2
    parts = np.zeros((len(matrix), n_causes, 2))
    _walk(np.ascontiguousarray(matrix), edges, fresh.astype(np.int64), nodes, weights, parts)
    return parts


@njit(nogil=True)
def _walk(
    matrix: Floats, edges: Edges, fresh: Integers, nodes: Floats, weights: Floats, parts: Floats
) -> None:
    """Go down to every leaf with every row, and add what the leaf says to the causes of its path."""
    n_levels = edges.level.max() + 1
    path, passes = np.zeros(n_levels, np.int64), np.zeros(n_levels)
    causes, o, w = np.zeros(n_levels, np.int64), np.ones((n_levels, 2)), np.ones((n_levels, 2))
    for row in range(len(matrix)):
        for edge in range(len(edges.level)):
            level, value = edges.level[edge], matrix[row, edges.feature[edge]]
            small, zero, missing = edges.takes[edge]
            taken = small if value <= edges.threshold[edge] else FAILS + PASSES - small
            taken = zero if abs(value) <= ZERO else taken
            taken = missing if np.isnan(value) else taken
            path[level], passes[level] = edge, 1.0 if taken == PASSES else 0.0
            if edges.closes[edge] > 0:
                n = _gather(path[1 : level + 1], passes[1 : level + 1], edges, fresh, causes, o, w)
                k = edges.n_points[edge]
                _add(edges.value[edge], causes[:n], o, w, nodes[k, :k], weights[k, :k], parts[row])


@njit(nogil=True)
def _gather(
    path: Integers, passes: Floats, edges: Edges, fresh: Integers, causes: Integers, o: Floats, w: Floats
) -> int:
    """Multiply o and w by cause of the path and, within it, by standing and fresh; give how many causes."""
    n = 0
    for step in range(len(path)):
        edge, at = path[step], 0
        while at < n and causes[at] != edges.cause[edge]:
            at += 1
        if at == n:
            causes[n], n = edges.cause[edge], n + 1
            o[at, 0], o[at, 1], w[at, 0], w[at, 1] = 1.0, 1.0, 1.0, 1.0
        player = fresh[edges.feature[edge]]
        o[at, player] *= passes[step]
        w[at, player] *= edges.weight[edge] / edges.weight_above[edge]
    return n


@njit(nogil=True)
def _add(
    value: float, causes: Integers, o: Floats, w: Floats, nodes: Floats, weights: Floats, parts: Floats
) -> None:
    """Add one leaf to the parts of the causes on its path."""
    for g in range(len(causes)):
        integral = 0.0
        for point in range(len(nodes)):
            product, t = weights[point], nodes[point]
            for h in range(len(causes)):
                if h != g:
                    product *= t * o[h, 0] * o[h, 1] + (1 - t) * w[h, 0] * w[h, 1]
            integral += product
        for player in range(2):
            other = 1 - player
            gained = (o[g, player] - w[g, player]) * (o[g, other] + w[g, other]) / 2
            parts[causes[g], player] += value * gained * integral
