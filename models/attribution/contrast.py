r"""Exact Shapley values of the causes for a change: a row against a row of its own of an earlier day.

The players are the causes. A coalition S of causes is worth what the trees say when the features of S
are those of today and all others are those of the earlier day. A leaf of value v is worth
:math:`v \prod_{g \in S} o_g \prod_{g \notin S} o'_g`, where :math:`o_g` says whether today's features of g
satisfy its splits on the path and :math:`o'_g` whether the earlier ones did, and so

.. math:: \Delta\phi_g = \sum_{leaves} v\,(o_g - o'_g) \int_0^1 \prod_{h \ne g} (t\,o_h + (1-t)\,o'_h)\,dt

A cause none of whose facts changed has o = o' everywhere: its part is exactly 0. The parts add up to the
margin of today less the earlier one, and exchanging the days changes every sign.

Only leaves count where every cause is satisfied today or was then. With a causes satisfied only today and b
only then the integral is that of a power of t times one of 1 - t, a Beta function of whole numbers, so there
is nothing to integrate: a walk follows both rows at once and forks where they part. As most splits see both
on one side, it visits few leaves.

References
----------
Shapley (1953); Lundberg et al. (2020), the interventional game with one background row; DESIGN 7.
"""

from collections.abc import Sequence
from math import factorial

import numpy as np

from models.arrays import Floats
from models.attribution.blocks import LANES, block_of, each
from models.attribution.contrast_walk import walk_pairs
from models.attribution.forest import forest_of
from models.attribution.tree_text import Tree
from register.errors import ContractError

#: A row's causes that changed are bits of one number.
MOST_CAUSES = 64


def contrast_values(
    now: Floats, then: Floats, trees: Sequence[Tree], cause_of: Sequence[int], n_causes: int, threads: int = 1
) -> Floats:
    """Split what the sum of `trees` changed between two days over the causes.

    Parameters
    ----------
    now, then : ndarray of float64, shape (n_households, n_features)
        The same households' features of today and of the earlier day; NaN where a value is missing.
    trees : sequence of Tree
        Their values are added.
    cause_of : sequence of int, shape (n_features,)
        The cause of each feature, counted from 0.
    n_causes : int
        At most `MOST_CAUSES`; a cause without a changed feature gets exactly 0.
    threads : int
        The result has the same bits for any number.

    Returns
    -------
    ndarray, shape (n_households, n_causes)
        Log-odds; a row adds up to the sum of the trees for `now` less that for `then`.

    Raises
    ------
    ContractError
        When there are more causes than `MOST_CAUSES`.

    Examples
    --------
    >>> tree = Tree(
    ...     feature=np.array([0]), threshold=np.array([0.5]), zero_left=np.array([True]),
    ...     missing_left=np.array([True]), children=np.array([[-1, -2]]), split_count=np.array([4]),
    ...     leaf_count=np.array([3, 1]), leaf_value=np.array([-1.0, 1.0]),
    ... )
    >>> contrast_values(np.array([[1.0], [0.0]]), np.zeros((2, 1)), [tree], cause_of=[0], n_causes=2)
    array([[2., 0.],
           [0., 0.]])
    """
    if n_causes > MOST_CAUSES:
        raise ContractError(
            f"causes: found {n_causes}, at most {MOST_CAUSES} can be told apart in a change; group them"
        )
    forest, parts = forest_of(trees, cause_of), np.zeros((len(now), n_causes))
    weights = _weights(min(n_causes, forest.most_splits))

    def split_block(start: int) -> None:
        rows = slice(start, start + LANES)
        walk_pairs(block_of(now[rows]), block_of(then[rows]), forest, weights, parts[rows])

    each(range(0, len(now), LANES), split_block, threads)
    return parts


def _weights(most: int) -> Floats:
    """Give the integral of t^i (1-t)^j over [0, 1]: i! j! / (i + j + 1)!."""
    counts = range(most + 1)
    return np.array([[factorial(i) * factorial(j) / factorial(i + j + 1) for j in counts] for i in counts])
