"""Shocks as they strike: which household, when, how long, how hard, for which cause."""

from dataclasses import dataclass

import numpy as np

from simulator.population import Population
from simulator.settings import Shock, SimulatorParameters
from simulator.timeline import Bools, Floats, Ints, Timeline

#: Causes that take from a wage, so that more workers lose less.
OF_A_WAGE = ("illness", "disability", "accident", "employment", "schooling")
#: Workers a household has at most, for the share one of them earns.
MOST_EARNERS = 2.2


@dataclass(frozen=True)
class Strikes:
    """Strikes of one kind; each array has one entry a strike.

    Attributes
    ----------
    household, month, lasts : arrays of int
        Whom it strikes, in which month, for how many months.
    cost : array of float
        What it costs, yuan in total; 0 where it only takes income.
    share : array of float
        Share of the affected income that is lost while it lasts.
    """

    household: Ints
    month: Ints
    lasts: Ints
    cost: Floats
    share: Floats

    def where(self, kept: Bools) -> "Strikes":
        """Keep some of the strikes."""
        return Strikes(
            self.household[kept], self.month[kept], self.lasts[kept], self.cost[kept], self.share[kept]
        )

    def of_rows(self, rows: Ints, n_households: int) -> "Strikes":
        """Keep the strikes of some households, numbered anew as they stand in `rows`."""
        place = np.full(n_households, -1)
        place[rows] = np.arange(len(rows))
        kept = self.where(place[self.household] >= 0)
        return Strikes(place[kept.household], kept.month, kept.lasts, kept.cost, kept.share)

    def losses(self, potential: Floats) -> Floats:
        """Give what is lost of `potential`, shape (n_households, n_months)."""
        n, months = potential.shape
        change = np.zeros((n, months + 1))
        np.add.at(change, (self.household, self.month), self.share)
        np.add.at(change, (self.household, np.minimum(self.month + self.lasts, months)), -self.share)
        return np.asarray(potential * np.clip(np.cumsum(change, axis=1)[:, :-1], 0, 1))


@dataclass(frozen=True)
class Hazards:
    """How likely each cause is to strike; the chances hold for reality and for every future.

    Attributes
    ----------
    household : dict of str to array of shape (n_households,)
        Chance a month in an ordinary month.
    month : dict of str to array of shape (n_months,)
        How the calendar moves it.
    """

    household: dict[str, Floats]
    month: dict[str, Floats]

    def chance(self, cause: str) -> Floats:
        """Chance of a strike, shape (n_households, n_months)."""
        return np.clip(np.outer(self.household[cause], self.month[cause]), 0, 1)


def hazards_of(
    population: Population,
    n_workers: Floats,
    unstable: Floats,
    settings: SimulatorParameters,
    timeline: Timeline,
) -> Hazards:
    """Give the chances of every cause that strikes households one by one, and of disasters.

    Parameters
    ----------
    population : Population
        Who can be struck.
    n_workers : array of shape (n_households,)
        Workers at the start.
    unstable : array of shape (n_households,)
        How unstable the household's work is, 1 on average.
    settings, timeline
        Rates and months.
    """
    chronic = population.count((population.chronic & (population.joins == 0)).astype(np.float64))
    remote = population.remote[population.village].astype(np.float64)
    month = timeline.calendar_month
    season = 1 + 0.6 * np.isin(month, (2, 3, 4, 10, 11, 12))
    rainy = np.where(np.isin(month, (5, 6, 7, 8, 9)), 2.4, 0.0)
    even = np.ones(timeline.n_months)
    weights: dict[str, tuple[Floats, Floats]] = {
        "illness": (0.55 + 1.1 * chronic, even),
        "disability": (0.7 + 0.8 * chronic, even),
        "accident": (unstable, even),
        "employment": (unstable * (n_workers > 0), season / season.mean()),
        "business": (np.ones(len(remote)), even),
        "schooling": (np.ones(len(remote)), 12.0 * (month == 9)),
        "housing": (0.5 + 1.5 * remote, even),
        "water": (0.4 + 2.0 * remote, even),
        "disaster": (population.hazard[population.village], rainy),
    }
    return Hazards(
        {cause: settings.shocks[cause].a_year / 12 * weight for cause, (weight, _) in weights.items()},
        {cause: when for cause, (_, when) in weights.items()},
    )


def strike_all(
    population: Population,
    hazards: Hazards,
    n_workers: Floats,
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> dict[str, Strikes]:
    """Draw the strikes of every kind: disasters strike villages, all others households."""
    shape = (population.n_households, timeline.n_months)
    struck = {
        cause: rng.random(shape) < hazards.chance(cause) for cause in hazards.household if cause != "disaster"
    }
    struck["disaster"] = _disaster_hits(population, hazards, settings, timeline, rng)
    strikes = {}
    for cause, hit in struck.items():
        household, month = np.nonzero(hit)
        strikes[cause] = drawn(cause, household, month, n_workers, settings, rng)
    return strikes


def _disaster_hits(
    population: Population,
    hazards: Hazards,
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> Bools:
    a_month = settings.shocks["disaster"].a_year / 12
    chance = np.clip(np.outer(population.hazard * a_month, hazards.month["disaster"]), 0, 1)
    villages = rng.random(chance.shape) < chance
    months = np.arange(timeline.n_months)
    moved = months >= population.moves[:, None]
    near = np.where(moved, villages[population.moves_to], villages[population.village])
    return np.asarray(near & (rng.random(near.shape) < settings.disaster_hit_share))


def drawn(
    cause: str,
    household: Ints,
    month: Ints,
    workers: Floats,
    settings: SimulatorParameters,
    rng: np.random.Generator,
) -> Strikes:
    """Draw how long, how hard and how dear each strike is."""
    shock: Shock = settings.shocks[cause]
    size = len(household)
    lasts = rng.integers(shock.months[0], shock.months[1] + 1, size)
    share = rng.uniform(*shock.takes, size)
    if cause in OF_A_WAGE:
        share = share / np.clip(workers[household], 1, MOST_EARNERS)
    cost = np.round(
        shock.cost * settings.rural_income * np.exp(rng.normal(0, settings.cost_log_sd, size)), -1
    )
    return Strikes(household, month, lasts, cost, share)
