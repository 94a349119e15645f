"""What the strikes do: income lost by cause, medical payments, claims."""

from dataclasses import dataclass

import numpy as np

from register.simulator.events import Strikes
from register.simulator.population import Population
from register.simulator.timeline import Bools, Floats, Ints, Timeline
from register.simulator.work import Potential

BUSINESS = ("crop", "livestock", "forest")
#: Which streams a cause takes from.
TAKES: dict[str, tuple[str, ...]] = {
    "illness": ("wage",),
    "disability": ("wage",),
    "accident": ("wage",),
    "employment": ("wage",),
    "schooling": ("wage",),
    "labour": ("wage",),
    "business": BUSINESS,
    "disaster": BUSINESS,
}


@dataclass(frozen=True)
class Consequences:
    """What really came in and went out, all matrices of shape (n_households, n_months).

    Attributes
    ----------
    streams : dict of str to array
        Net income by source after losses, claims included.
    payments : array
        Eligible own medical payment.
    lost : dict of str to array
        Income lost and payments made, by cause.
    """

    streams: dict[str, Floats]
    payments: Floats
    lost: dict[str, Floats]


def suffer(potential: Potential, strikes: dict[str, Strikes], chronic_payments: Floats) -> Consequences:
    """Take the losses from the potential income."""
    streams = dict(potential.streams)
    lost: dict[str, Floats] = {}
    for source in ("wage", *BUSINESS):
        taken = {
            cause: strikes[cause].losses(potential.streams[source])
            for cause in TAKES
            if source in TAKES[cause]
        }
        total = np.sum(list(taken.values()), axis=0)
        scale = np.where(total > 0, np.minimum(1, streams[source] / np.maximum(total, 1e-9)), 0)
        streams[source] = streams[source] - total * scale
        for cause, loss in taken.items():
            lost[cause] = lost.get(cause, np.zeros_like(loss)) + loss * scale
    payments, claims = chronic_payments.copy(), np.zeros_like(chronic_payments)
    for cause in ("illness", "accident", "disability"):
        paid = spread_payments(strikes[cause], chronic_payments.shape)
        payments += paid
        lost[cause] = lost[cause] + paid
    np.add.at(claims, (strikes["accident"].household, strikes["accident"].month), strikes["accident"].cost)
    return Consequences({**streams, "claim": claims * CLAIMED}, payments, lost)


#: Share of an accident's cost that insurance pays out in cash.
CLAIMED = 0.4
#: Months after the strike and the share of its cost paid then.
INSTALMENTS = ((0, 0.6), (3, 0.2), (6, 0.12), (9, 0.08))


def spread_payments(strikes: Strikes, shape: tuple[int, ...]) -> Floats:
    """Spread the cost of each strike over its instalments, shape (n_households, n_months)."""
    paid = np.zeros(shape)
    for later, share in INSTALMENTS:
        month = strikes.month + later
        within = month < shape[1]
        np.add.at(paid, (strikes.household[within], month[within]), strikes.cost[within] * share)
    return paid


def workers_lost(population: Population, working: Bools, timeline: Timeline, n_workers: Floats) -> Strikes:
    """Turn workers who die or leave into strikes of lacking labour."""
    gone = np.flatnonzero((population.leaves > 0) & (population.leaves < timeline.n_months))
    month = population.leaves[gone]
    gone = gone[working[gone, month - 1]]
    month, household = population.leaves[gone], population.owner[gone]
    share = 0.75 / np.maximum(n_workers[household, month - 1], 1)
    years = np.full(len(gone), 36, dtype=np.int64)
    return Strikes(household, month, years, np.zeros(len(gone)), share)


def main_worker(population: Population, working: Bools, rng: np.random.Generator) -> Ints:
    """Choose each household's main worker, or its head where nobody works."""
    return _best(population, working.astype(np.float64) + 0.9 * rng.random(len(working)))


def sickest(population: Population, rng: np.random.Generator) -> Ints:
    """Choose each household's member who falls ill: the chronically ill first."""
    return _best(population, population.chronic + 0.9 * rng.random(len(population.owner)))


def _best(population: Population, score: Floats) -> Ints:
    here = np.where((population.joins == 0) & (population.relation != "child"), score, score - 2)
    order = np.lexsort((-here, population.owner))
    starts = np.searchsorted(population.owner[order], np.arange(population.n_households))
    return np.asarray(order[starts])
