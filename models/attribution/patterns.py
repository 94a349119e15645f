"""The game of a household, looked up: what a few leaves say for every way through their splits.

A household shows a split one bit, left or right. Leaves whose paths share few splits see it in one of few
patterns of bits, so what they say of the causes is worked out once a model for all patterns
(`models.attribution.cause_game`, on rows of bits) and looked up a household. The leaves of a tree are dealt
to groups of at most `MOST` splits, in their order.
"""

from typing import NamedTuple

import numpy as np

from models.arrays import Floats, Integers
from models.attribution.edge_numbers import average_rule, edge_numbers
from models.attribution.edge_walk import walk_edges
from models.attribution.tree_edges import Edges

#: Splits of a group of leaves; a table has two to this power patterns.
MOST = 8

#: Numbers in all tables together; more would not stay in any cache.
LARGEST = 1 << 23


class Patterns(NamedTuple):
    """Groups of leaves of trees, tree after tree.

    Attributes
    ----------
    groups : ndarray of int, shape (n_trees + 1,)
        First group of each tree.
    first_split, first_cause : ndarray of int, shape (n_groups + 1,)
        First split and first cause of each group.
    split : ndarray of int
        Of a group, counted in its tree; the first is the lowest bit of a pattern.
    cause : ndarray of int, shape (n_group_causes,)
        Of a group.
    table : ndarray, shape (n_group_causes, 2 ** MOST)
        What the group says of the cause in each pattern.
    """

    groups: Integers
    first_split: Integers
    first_cause: Integers
    split: Integers
    cause: Integers
    table: Floats


def patterns_of(edges: Edges) -> Patterns | None:
    """Work out the tables of trees, listed by their edges.

    Returns
    -------
    Patterns or None
        None where there is no split, a path has more than `MOST`, or tables would hold more than `LARGEST`
        numbers: such trees are walked (`models.attribution.edge_walk.walk_edges`).
    """
    if not 0 < edges.level.max(initial=0) <= MOST:
        return None
    groups = _groups(edges)
    group_of = np.repeat(np.arange(len(groups)), [len(group.edges) for group in groups])
    at, n_causes = np.concatenate([group.edges for group in groups]), edges.cause.max() + 1
    causes, slot_of = np.unique(group_of * n_causes + edges.cause[at], return_inverse=True)
    if len(causes) << MOST > LARGEST:
        return None
    first_cause = np.searchsorted(causes, np.arange(len(groups) + 1) * n_causes)
    bits = np.concatenate([group.bits for group in groups])
    return Patterns(
        groups=np.searchsorted([one.tree for one in groups], np.arange(groups[-1].tree + 2)),
        first_split=np.cumsum([0, *(len(group.splits) for group in groups)]),
        first_cause=first_cause,
        split=np.concatenate([list(group.splits) for group in groups]),
        cause=causes % n_causes,
        table=_parts(_cut(edges, at, group_of)._replace(cause=slot_of, feature=bits), len(causes)),
    )


class _Group(NamedTuple):
    """Leaves of a tree that follow one another: their splits' bits, the edges to them, the edges' bits."""

    tree: int
    splits: dict[int, int]
    edges: list[int]
    bits: list[int]


def _groups(edges: Edges) -> list[_Group]:
    """Deal the leaves, in their order, to groups of at most `MOST` splits."""
    tree_of = ((edges.level == 1).cumsum() - 1) // 2
    columns = (edges.level, edges.closes, edges.split, tree_of)
    groups, path = [_Group(0, {}, [], [])], list[tuple[int, int]]()
    for edge, (level, closes, split, tree) in enumerate(zip(*(one.tolist() for one in columns), strict=True)):
        path[level - 1 :] = [(edge, split)]
        if closes:
            _add_leaf(groups, tree, path)
    return groups


def _add_leaf(groups: list[_Group], tree: int, path: list[tuple[int, int]]) -> None:
    """Add a leaf to the last group, or to a new one where its tree or its splits do not fit."""
    known = groups[-1].splits
    if groups[-1].tree != tree or len(known) + sum(split not in known for _, split in path) > MOST:
        groups.append(_Group(tree, {}, [], []))
    _, bit_of, edges, bits = groups[-1]
    for edge, split in path:
        if not edges or edge > edges[-1]:
            edges.append(edge)
            bits.append(bit_of.setdefault(split, len(bit_of)))


def _cut(edges: Edges, at: Integers, group_of: Integers) -> Edges:
    """Give the edges of the groups as if each were a tree, whose splits ask for a bit."""
    level, takes = edges.level[at], edges.takes[at]
    below = np.where(np.diff(group_of, append=len(at)) == 0, np.append(level[1:], 1), 1)
    chosen = Edges._make(column[at] for column in edges)
    return chosen._replace(
        closes=level + 1 - below,
        threshold=np.full(len(at), 0.5),
        takes=np.repeat(takes[:, :1], takes.shape[1], axis=1),
    )


def _parts(edges: Edges, n_slots: int) -> Floats:
    """Play the game on every pattern of bits."""
    bits = np.arange(1 << MOST) >> np.arange(MOST)[:, np.newaxis] & 1
    parts = np.zeros((n_slots, 1 << MOST))
    walk_edges(bits.astype(np.float64), edges, edge_numbers(edges, average_rule), parts)
    return parts
