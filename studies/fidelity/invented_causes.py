"""Households whose true risk is known exactly: severities of causes with a known joint distribution.

Every cause is absent, mild or severe (0, 1, 2), a circumstance absent or present. All
combinations are listed with their chance and their true log-odds, so that attributions of
the true function and the effect of switching a cause off are sums without sampling. A
feature depends on nothing but its own cause's severity and noise, so knowing a cause's
features is knowing its severity.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import factorial

import numpy as np
import pandas as pd
from numpy.polynomial.hermite_e import hermegauss
from scipy.special import expit
from scipy.stats import norm

from models.arrays import Floats

CAUSES = ("illness", "employment", "business", "labour", "disaster", "accident")
#: Recorded like causes, correlated like causes, without any effect on the risk.
PLACEBOS = ("placebo_1", "placebo_2")
#: Given after a shock, or to those who ask; without effect: a collider.
AID = "aid"

FEATURES = ("months", "cost", "sign")


@dataclass(frozen=True)
class World:
    """What is true in a scenario of the benchmark.

    Attributes
    ----------
    correlation : float
        Between the hidden severities of any two causes, placebos included.
    present, severe : tuple of float, shape (8,)
        Share of households with each cause or placebo, and with a severe one.
    effect : tuple of float, shape (8,)
        Log-odds a step of severity.
    base : float
        Log-odds of a household without any cause.
    both : float
        Log-odds added where the first two causes are both present.
    needs_both : bool
        Whether these two do nothing alone.
    has_aid : bool
        Whether there is the collider.
    """

    correlation: float = 0.3
    present: tuple[float, ...] = (0.22, 0.3, 0.2, 0.12, 0.15, 0.08, 0.2, 0.12)
    severe: tuple[float, ...] = (0.08, 0.1, 0.07, 0.05, 0.05, 0.03, 0.07, 0.05)
    effect: tuple[float, ...] = (0.9, 0.7, 0.6, 0.8, 0.5, 1.0, 0.0, 0.0)
    base: float = -4.0
    both: float = 0.5
    needs_both: bool = False
    has_aid: bool = False

    @cached_property
    def players(self) -> tuple[str, ...]:
        """Name causes, placebos and, where there is one, the collider."""
        return (*CAUSES, *PLACEBOS, *((AID,) if self.has_aid else ()))

    @cached_property
    def states(self) -> Floats:
        """List all combinations, shape (n_states, n_players)."""
        return np.indices(self._shape).reshape(len(self._shape), -1).T.astype(float)

    @cached_property
    def chance(self) -> Floats:
        """Give each combination's chance, one axis a player."""
        severity = self.states[:, : len(self.present)]
        chance = self._joint(severity)
        if self.has_aid:
            chance_of_aid = np.where(severity[:, : len(CAUSES)].max(axis=1) == 2, 0.7, 0.1)
            chance = chance * np.where(self.states[:, -1] == 1, chance_of_aid, 1 - chance_of_aid)
        return chance.reshape(self._shape)

    @cached_property
    def margin(self) -> Floats:
        """Give each combination's true log-odds, one axis a player."""
        return self._log_odds(self.states[:, : len(self.present)]).reshape(self._shape)

    @property
    def _shape(self) -> tuple[int, ...]:
        return (*(3 for _ in self.present), *((2,) if self.has_aid else ()))

    def _joint(self, states: Floats) -> Floats:
        """Give each combination's chance: one hidden factor, summed by Gauss-Hermite quadrature."""
        points, weights = hermegauss(64)
        some, much = norm.isf(self.present), norm.isf(self.severe)
        rest = np.sqrt(1 - self.correlation)
        total = np.zeros(len(states))
        for point, weight in zip(points, weights / weights.sum(), strict=True):
            over_some = norm.sf((some - np.sqrt(self.correlation) * point) / rest)
            over_much = norm.sf((much - np.sqrt(self.correlation) * point) / rest)
            by_level = np.stack([1 - over_some, over_some - over_much, over_much])
            total += weight * by_level[states.astype(int), np.arange(states.shape[1])].prod(axis=1)
        return total

    def _log_odds(self, states: Floats) -> Floats:
        effect = np.array(self.effect)
        if self.needs_both:
            effect[:2] = 0.0
        meet = (states[:, 0] > 0) & (states[:, 1] > 0)
        return self.base + states @ effect + self.both * meet

    def draw(self, n: int, generator: np.random.Generator) -> tuple[np.ndarray, pd.DataFrame, np.ndarray]:
        """Draw households.

        Returns
        -------
        tuple of (ndarray of int, DataFrame, ndarray of int)
            Place of each in the list of combinations, its features, and whether it fell.
        """
        place = generator.choice(len(self.states), size=n, p=self.chance.ravel() / self.chance.sum())
        fell = (generator.random(n) < expit(self.margin.ravel()[place])).astype(np.int64)
        columns = {}
        for number, player in enumerate(self.players):
            severity = self.states[place, number]
            columns[f"{player}_months"] = (severity >= 1) * (1 + generator.random(n))
            columns[f"{player}_cost"] = (severity >= 2) * (1 + generator.random(n))
            columns[f"{player}_sign"] = severity + generator.normal(size=n)
        day = np.datetime64("2024-12-31")
        index = pd.MultiIndex.from_product([[f"H{number:06d}" for number in range(n)], [day]])
        return place, pd.DataFrame(columns, index=index), fell

    @property
    def groups(self) -> dict[str, list[str]]:
        """The features of each player."""
        return {player: [f"{player}_{name}" for name in FEATURES] for player in self.players}


def switched_off(world: World) -> Floats:
    """Truth C: how far the true risk drops when a cause is switched off, all else the same.

    Returns
    -------
    ndarray, shape (n_states, n_players)
        Shares of one.
    """
    risk = expit(world.margin)
    drops = [
        risk - np.take(risk, [0], axis=axis) if player != AID else np.zeros_like(risk)
        for axis, player in enumerate(world.players)
    ]
    return np.stack([drop.ravel() for drop in drops], axis=1)


def conditional(world: World, known: Sequence[int]) -> Floats:
    """Expect the log-odds given the known causes, the others as they go with them."""
    hidden = tuple(axis for axis in range(world.chance.ndim) if axis not in known)
    both = (world.chance * world.margin).sum(axis=hidden, keepdims=True)
    return both / world.chance.sum(axis=hidden, keepdims=True)


def interventional(world: World, known: Sequence[int]) -> Floats:
    """Expect the log-odds given the known causes, the others as in the whole population."""
    hidden = tuple(axis for axis in range(world.chance.ndim) if axis not in known)
    others = world.chance.sum(axis=tuple(known), keepdims=True)
    return (others * world.margin).sum(axis=hidden, keepdims=True)


def true_parts(world: World, game: Callable[[World, Sequence[int]], Floats]) -> Floats:
    """Truth B: exact Shapley values of the true log-odds, over all coalitions.

    Returns
    -------
    ndarray, shape (n_states, n_players)
        Log-odds.
    """
    n = world.chance.ndim
    parts = np.zeros((n, *world.chance.shape))
    for coalition in range(2**n):
        known = [axis for axis in range(n) if coalition >> axis & 1]
        worth, size = game(world, known), len(known)
        for axis in range(n):
            if axis in known:
                parts[axis] += worth * factorial(size - 1) * factorial(n - size) / factorial(n)
            else:
                parts[axis] -= worth * factorial(size) * factorial(n - size - 1) / factorial(n)
    return parts.reshape(n, -1).T


@dataclass(frozen=True)
class Scenario:
    """What is tried: the world trained in, the world explained in, and what is made hard.

    Attributes
    ----------
    trained, explained : World
        The same, unless a year has passed.
    wrong_labels : float
        Share of training labels that are turned round.
    of : int, optional
        Judge only households that have this cause (its place in `CAUSES`).
    """

    trained: World
    explained: World
    wrong_labels: float = 0.0
    of: int | None = None

    @classmethod
    def still(cls, world: World, **hard: float) -> "Scenario":
        """Try a world that stays as it is."""
        return cls(world, world, **hard)  # type: ignore[arg-type]


_MIDDLE = World()
_RARE = World(
    present=(0.01, *_MIDDLE.present[1:]),
    severe=(0.004, *_MIDDLE.severe[1:]),
    effect=(1.8, *_MIDDLE.effect[1:]),
)
_YEAR_LATER = World(
    correlation=0.45,
    present=(0.3, 0.2, 0.3, 0.12, 0.3, 0.08, 0.2, 0.12),
    severe=(0.12, 0.06, 0.12, 0.05, 0.12, 0.03, 0.07, 0.05),
    effect=(0.7, 0.9, 0.5, 0.8, 0.7, 1.0, 0.0, 0.0),
    base=-3.7,
)
SCENARIOS = {
    **{f"correlation {one}": Scenario.still(World(correlation=one)) for one in (0.0, 0.3, 0.6, 0.9)},
    "collider": Scenario.still(World(has_aid=True)),
    "two necessary causes": Scenario.still(World(needs_both=True, both=2.5)),
    "rare cause": Scenario.still(_RARE, of=0),
    "label noise": Scenario.still(_MIDDLE, wrong_labels=0.1),
    "drifted year": Scenario(_MIDDLE, _YEAR_LATER),
}
