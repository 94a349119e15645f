"""Shocks as they strike: which household, when, how long, how hard, for which cause."""

from dataclasses import dataclass

import numpy as np

from register.simulator.population import Population
from register.simulator.settings import Settings
from register.simulator.timeline import Bools, Floats, Ints, Timeline


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

    def losses(self, potential: Floats) -> Floats:
        """Give what is lost of `potential`, shape (n_households, n_months)."""
        n, months = potential.shape
        change = np.zeros((n, months + 1))
        np.add.at(change, (self.household, self.month), self.share)
        np.add.at(change, (self.household, np.minimum(self.month + self.lasts, months)), -self.share)
        return np.asarray(potential * np.clip(np.cumsum(change, axis=1)[:, :-1], 0, 1))


def strike_all(
    population: Population,
    n_workers: Floats,
    unstable: Floats,
    settings: Settings,
    timeline: Timeline,
    rng: np.random.Generator,
) -> dict[str, Strikes]:
    """Draw the strikes of every kind.

    Parameters
    ----------
    population : Population
        Who can be struck.
    n_workers : array of shape (n_households,)
        Workers at the start.
    unstable : array of shape (n_households,)
        How unstable the household's work is, 1 on average.
    settings, timeline, rng
        Rates, months, randomness.

    Returns
    -------
    dict of str to Strikes
        By cause; disasters strike villages, all others households.
    """
    n = population.n_households
    chronic = population.count(population.chronic.astype(np.float64))
    remote = population.remote[population.village].astype(np.float64)
    season = 1 + 0.6 * np.isin(timeline.calendar_month, (2, 3, 4, 10, 11, 12))
    one = np.ones(n)
    workers = np.maximum(n_workers, 1)
    hazards: dict[str, tuple[Floats, Floats]] = {
        "illness": (settings.illness_rate * (0.55 + 1.1 * chronic), np.ones(timeline.n_months)),
        "disability": (settings.disability_rate * (0.7 + 0.8 * chronic), np.ones(timeline.n_months)),
        "accident": (settings.accident_rate * unstable, np.ones(timeline.n_months)),
        "employment": (settings.job_loss_rate * unstable * (n_workers > 0), season / season.mean()),
        "business": (settings.business_failure_rate * one, np.ones(timeline.n_months)),
        "schooling": (settings.schooling_rate * one, 12.0 * (timeline.calendar_month == 9)),
        "housing": (settings.dangerous_house_rate * (0.5 + 1.5 * remote), np.ones(timeline.n_months)),
        "water": (settings.unsafe_water_rate * (0.4 + 2.0 * remote), np.ones(timeline.n_months)),
    }
    drawn = {
        cause: _drawn(cause, np.outer(hazard, when) / 12, workers, settings, rng)
        for cause, (hazard, when) in hazards.items()
    }
    struck = _disaster_hits(population, settings, timeline, rng)
    return {**drawn, "disaster": _drawn("disaster", struck.astype(np.float64), workers, settings, rng)}


def _disaster_hits(
    population: Population, settings: Settings, timeline: Timeline, rng: np.random.Generator
) -> Bools:
    rainy = np.isin(timeline.calendar_month, (5, 6, 7, 8, 9)) * 2.4
    chance = np.clip(np.outer(population.hazard, rainy) * settings.disaster_rate / 12, 0, 1)
    villages = rng.random(chance.shape) < chance
    hit = rng.random((population.n_households, timeline.n_months)) < 0.45
    return np.asarray(villages[population.village] & hit)


def _drawn(
    cause: str, chance: Floats, workers: Floats, settings: Settings, rng: np.random.Generator
) -> Strikes:
    household, month = np.nonzero(rng.random(chance.shape) < chance)
    size = len(household)
    low, high, least, most = SPANS[cause]
    lasts = rng.integers(low, high + 1, size)
    share = rng.uniform(least, most, size)
    if cause in ("illness", "disability", "accident", "employment", "schooling"):
        share = share / np.minimum(workers[household], 2.2)
    median = COST_OVER_RURAL_INCOME.get(cause, 0.0) * settings.rural_income
    cost = np.round(median * np.exp(rng.normal(0, 0.6, size)), -1)
    return Strikes(household, month, lasts, cost, share)


#: Months (least, most) and share of one worker's or all business income lost (least, most).
SPANS: dict[str, tuple[int, int, float, float]] = {
    "illness": (3, 12, 0.3, 1.0),
    "disability": (60, 120, 0.4, 0.9),
    "accident": (6, 18, 0.5, 1.0),
    "employment": (3, 11, 0.7, 1.0),
    "business": (10, 16, 0.5, 1.0),
    "schooling": (9, 10, 0.2, 0.8),
    "housing": (3, 9, 0.0, 0.0),
    "water": (1, 4, 0.0, 0.0),
    "disaster": (12, 13, 0.4, 0.9),
}
#: Median cost as a share of the rural income a person and year (DOMAIN 4: alerts at 0.5).
COST_OVER_RURAL_INCOME = {"illness": 0.7, "accident": 0.35, "disability": 0.15}
