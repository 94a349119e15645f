r"""Exact Shapley values of the causes in a sum of trees.

The game
--------
The players are the causes. A coalition S of causes is worth what a tree says when only
the features of S are known: at a split on a feature of S the household goes its own way,
at any other split both ways count, each by its share of the training rows. So a leaf of
value v is worth

.. math:: v \prod_{g \in S} o_g \prod_{g \notin S} w_g

over the causes g on its path, where :math:`o_g` says whether the household satisfies all
of their splits there (1) or not (0), and :math:`w_g` is the product of their shares. A
cause with no split on the path has o = w = 1. Where every feature is a cause of its own
this is the game of shap.TreeExplainer and of LightGBM's ``pred_contrib``.

From coalitions to an integral
------------------------------
The Shapley value of g is the mean, over all orders in which the causes become known, of
what g adds when its turn comes. Draw an order by giving every cause an arrival time,
uniform in [0, 1] and independent: every order is equally likely. Given that g arrives at
t, another cause h is known with probability t, independently, so its factor has the mean
:math:`p_h(t) = t\,o_h + (1-t)\,w_h`, and the mean of a product of independent factors is
the product of the means:

.. math:: \phi_g = \sum_{leaves} v\,(o_g - w_g) \int_0^1 \prod_{h \ne g} p_h(t)\,dt

With c causes on the path the integrand is a polynomial of degree c - 1, and Gauss-Legendre
quadrature with k points is exact up to degree 2k - 1: ceil(c / 2) points give the integral
without any error but rounding. Nothing is enumerated and nothing is sampled.

Products down, sums up
----------------------
With :math:`P = \prod p_h` over all causes of the path, the integrand for g is
:math:`P\,\psi_g` with :math:`\psi_g = (o_g - w_g) / p_g`. P is built on the way down, one
factor an edge: an edge of cause g changes :math:`p_g` from its value at the nearest edge
of g above (1 if there is none) to its new one. The leaves below an edge share its
:math:`\psi_g` except those below a deeper edge of g, so with :math:`H_e` the sum of v P
over the leaves below e,

.. math:: \phi_g = \sum_{e\ of\ g} \int_0^1 (\psi_e - \psi_{above(e)})\,H_e\,dt

and H is summed once, on the way up, for all causes. A row costs edges x points.

No division is left for the rows. An edge sees a household in one of three states, and for
each the factor and the change of psi are numbers of the edge alone:

====================================  ========================  ========================
household on the splits of g          factor                    change of psi
====================================  ========================  ========================
2: satisfies them up to here          p(w_e) / p(w_above)       psi(w_e) - psi(w_above)
1: satisfied them above, not here     (1-t) w_e / p(w_above)    -1/(1-t) - psi(w_above)
0: failed above                       w_e / w_above             0, both are -1/(1-t)
====================================  ========================  ========================

with p(w) = t + (1-t) w and psi(w) = (1-w) / p(w); t lies strictly between 0 and 1.

Looked up
---------
What a leaf says depends on nothing of a household but which way it goes at the leaf's splits.
Where paths are short, leaves that share them see few patterns of ways, and the walk above is
taken once for each pattern instead of once for each household (`models.attribution.patterns`).

Against a background
--------------------
The interventional game takes the features that are not known from a row z of a background
instead of averaging by shares: then :math:`w_g` says whether z satisfies the splits of g,
and the same walk is exact with the background as its rows: they bring the w, and the
household's o chooses each edge's numbers. A part is the mean over the background.

References
----------
Shapley (1953), "A value for n-person games". Owen (1972), "Multilinear extensions of
games": the integral. Lundberg et al. (2020), "From local explanations to global
understanding with explainable AI for trees": the path-dependent game of single features.
"""

from collections.abc import Sequence

import numpy as np

from models.arrays import Floats
from models.attribution.blocks import LANES, block_of, each
from models.attribution.edge_numbers import BACKGROUND_RULES, edge_numbers
from models.attribution.edge_walk import edge_states, walk_edges
from models.attribution.games import game_of, play
from models.attribution.tree_edges import list_edges
from models.attribution.tree_text import Tree


def shapley_values(
    matrix: Floats, trees: Sequence[Tree], cause_of: Sequence[int], n_causes: int, threads: int = 1
) -> Floats:
    """Split the sum of `trees` over the causes, unknown features averaged as in training.

    Parameters
    ----------
    matrix : ndarray of float64, shape (n_households, n_features)
        NaN where a value is missing.
    trees : sequence of Tree
        Their values are added.
    cause_of : sequence of int, shape (n_features,)
        The cause of each feature, counted from 0.
    n_causes : int
        Causes without features get exactly zero.
    threads : int
        The result has the same bits for any number.

    Returns
    -------
    ndarray, shape (n_households, n_causes)
        Log-odds; a row and the sum of ``tree.mean`` add up to the sum of the trees.

    Examples
    --------
    >>> tree = Tree(
    ...     feature=np.array([0]), threshold=np.array([0.5]), zero_left=np.array([True]),
    ...     missing_left=np.array([True]), children=np.array([[-1, -2]]), split_count=np.array([4]),
    ...     leaf_count=np.array([3, 1]), leaf_value=np.array([-1.0, 1.0]),
    ... )
    >>> shapley_values(np.array([[0.0], [1.0]]), [tree], cause_of=[0], n_causes=2)
    array([[-0.5,  0. ],
           [ 1.5,  0. ]])
    """
    return play([game_of(trees, cause_of)], matrix, n_causes, threads)[0]


def shapley_values_against(
    background: Floats,
    matrix: Floats,
    trees: Sequence[Tree],
    cause_of: Sequence[int],
    n_causes: int,
    threads: int = 1,
) -> Floats:
    """Split the sum of `trees` over the causes, unknown features taken from `background`.

    Parameters
    ----------
    background : ndarray of float64, shape (n_background, n_features)
        At least one row; the cost is that of n_households x n_background rows.
    matrix, trees, cause_of, n_causes, threads
        As in `shapley_values`.

    Returns
    -------
    ndarray, shape (n_households, n_causes)
        Log-odds; a row and the background's mean add up to the sum of the trees.
    """
    edges = list_edges(trees, cause_of)
    by_state = np.stack([edge_numbers(edges, rule) for rule in BACKGROUND_RULES])
    blocks = [block_of(background[start : start + LANES]) for start in range(0, len(background), LANES)]
    parts = np.zeros((len(matrix), n_causes))

    def split_row(row: int) -> None:
        state = edge_states(block_of(matrix[row : row + 1]), edges)[:, 0].astype(np.int64)
        numbers = by_state[state, np.arange(len(state))]
        for block in blocks:
            split = np.zeros((n_causes, block.shape[1]))
            walk_edges(block, edges, numbers, split)
            parts[row] += split.sum(axis=1) / len(background)

    if len(edges.level):
        each(range(len(matrix)), split_row, threads)
    return parts
