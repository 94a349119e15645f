"""The game of trees made ready once, to be played by any number of households."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import lightgbm as lgb
import numpy as np

from models.arrays import Floats
from models.attribution.blocks import LANES, block_of, each
from models.attribution.edge_numbers import average_rule, edge_numbers
from models.attribution.edge_walk import walk_edges
from models.attribution.forest import Forest, forest_of
from models.attribution.pattern_walk import look_up
from models.attribution.patterns import Patterns, patterns_of
from models.attribution.tree_edges import Edges, list_edges
from models.attribution.tree_text import Tree, read_trees

#: Rows of a block that is looked up: every table is fetched once a block.
LOOKED_UP = 2048


class Game(NamedTuple):
    """Trees under a grouping of their features; looked up where there are tables, else walked.

    Attributes
    ----------
    mean : float
        Worth of knowing nothing.
    edges : Edges
        Of all trees; none where no tree has a split.
    numbers : ndarray
        Of the edges (`models.attribution.edge_numbers.edge_numbers`); none where there are tables.
    forest : Forest
        The same trees, to ask their splits.
    patterns : Patterns or None
        What leaves say in every pattern of their splits.
    """

    mean: float
    edges: Edges
    numbers: Floats
    forest: Forest
    patterns: Patterns | None

    @property
    def lanes(self) -> int:
        """Give the rows of a block."""
        return LANES if self.patterns is None else LOOKED_UP

    def play(self, block: Floats, parts: Floats) -> None:
        """Add to `parts`, shape (n_causes, n_rows), what the trees say of the rows of `block`."""
        if self.patterns is not None:
            look_up(block, self.forest, self.patterns, parts)
        elif len(self.edges.level):
            walk_edges(block, self.edges, self.numbers, parts)


def game_of(trees: Sequence[Tree], cause_of: Sequence[int]) -> Game:
    """Make the game of `trees` ready, with the cause of each feature."""
    edges, forest = list_edges(trees, cause_of), forest_of(trees, cause_of)
    patterns, mean = patterns_of(edges), sum(tree.mean for tree in trees)
    numbers = edge_numbers(edges, average_rule) if patterns is None else np.empty((0, 5, 0))
    return Game(mean, edges, numbers, forest, patterns)


def play(games: Sequence[Game], matrix: Floats, n_causes: int, threads: int) -> Floats:
    """Split what each game's trees say over the causes, shape (n_games, n_households, n_causes)."""
    parts, lanes = np.zeros((len(games), len(matrix), n_causes)), min(game.lanes for game in games)

    def play_block(start: int) -> None:
        rows = slice(start, start + lanes)
        block = block_of(matrix[rows])
        for game, of_game in zip(games, parts, strict=True):
            split = np.zeros((n_causes, block.shape[1]))
            game.play(block, split)
            of_game[rows] = split.T

    each(range(0, len(matrix), lanes), play_block, threads)
    return parts


def trees_of(member: lgb.Booster) -> list[Tree]:
    """Give the trees of a booster; its text is read once."""
    return _kept(member, "trees", lambda: read_trees(member.model_to_string()))


def member_game(member: lgb.Booster, cause_of: Sequence[int]) -> Game:
    """Give the game of a booster, made ready once however many counties are explained."""
    return _kept(member, tuple(cause_of), lambda: game_of(trees_of(member), cause_of))


#: Of boosters in use, whose trees never change once they are fitted.
_KEPT: WeakKeyDictionary[lgb.Booster, dict[Hashable, Any]] = WeakKeyDictionary()


def _kept(member: lgb.Booster, name: Hashable, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - trees or a game
    of_member = _KEPT.setdefault(member, {})
    if name not in of_member:
        of_member[name] = make()
    return of_member[name]
