"""What the strikes do: income lost by cause, medical payments, claims."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.events import OF_A_WAGE, Strikes
from simulator.population import Population
from simulator.settings import SimulatorParameters
from simulator.timeline import Bools, Floats, Ints, Timeline
from simulator.work import Potential

BUSINESS = ("crop", "livestock", "forest")
#: Which streams a kind of strike takes from.
TAKES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((*OF_A_WAGE, "labour"), ("wage",)),
    **dict.fromkeys(("business", "price", "disaster"), BUSINESS),
}
#: Kinds of strikes that cost.
COSTS = ("illness", "accident", "disability")
#: Kinds of strikes that count as another cause.
CAUSE_OF = {"price": "business"}


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

    @property
    def net(self) -> Floats:
        """Income less payments."""
        return np.asarray(np.sum(list(self.streams.values()), axis=0) - self.payments)


def suffer(
    potential: Potential,
    strikes: Mapping[str, Strikes],
    chronic_payments: Floats,
    settings: SimulatorParameters,
) -> Consequences:
    """Take the losses from the potential income."""
    streams = dict(potential.streams)
    lost: dict[str, Floats] = {}
    for source in ("wage", *BUSINESS):
        taken = {
            kind: strikes[kind].losses(potential.streams[source])
            for kind in strikes
            if source in TAKES.get(kind, ())
        }
        total = np.asarray(np.sum(list(taken.values()), axis=0))
        scale = np.where(total > 0, np.minimum(1, streams[source] / np.maximum(total, 1e-9)), 0)
        streams[source] = streams[source] - total * scale
        for kind, loss in taken.items():
            _add(lost, CAUSE_OF.get(kind, kind), loss * scale)
    payments, claims = chronic_payments.copy(), np.zeros_like(chronic_payments)
    for cause in COSTS:
        if cause in strikes:
            paid = spread_payments(strikes[cause], chronic_payments.shape, settings.instalments)
            payments += paid
            _add(lost, cause, paid)
    if "accident" in strikes:
        hurt = strikes["accident"]
        np.add.at(claims, (hurt.household, hurt.month), hurt.cost * settings.claimed_share)
    return Consequences({**streams, "claim": claims}, payments, lost)


def _add(lost: dict[str, Floats], cause: str, amount: Floats) -> None:
    lost[cause] = lost[cause] + amount if cause in lost else amount


def spread_payments(
    strikes: Strikes, shape: tuple[int, ...], instalments: tuple[tuple[int, float], ...]
) -> Floats:
    """Spread the cost of each strike over its instalments, shape (n_households, n_months)."""
    paid = np.zeros(shape)
    for later, share in instalments:
        month = strikes.month + later
        within = month < shape[1]
        np.add.at(paid, (strikes.household[within], month[within]), strikes.cost[within] * share)
    return paid


def workers_lost(
    population: Population,
    working: Bools,
    timeline: Timeline,
    n_workers: Floats,
    settings: SimulatorParameters,
) -> Strikes:
    """Turn workers who die or leave for good into strikes of lacking labour."""
    ends = (population.leaves > 0) & (population.leaves < timeline.n_months) & ~population.goes_on
    gone = np.flatnonzero(ends)
    gone = gone[working[gone, population.leaves[gone] - 1]]
    month, household = population.leaves[gone], population.owner[gone]
    shock = settings.shocks["labour"]
    share = shock.takes[0] / np.maximum(n_workers[household, month - 1], 1)
    lasts = np.full(len(gone), shock.months[0], dtype=np.int64)
    return Strikes(household, month, lasts, np.zeros(len(gone)), share)


def main_worker(population: Population, working: Bools, rng: np.random.Generator) -> Ints:
    """Choose each household's main worker, or its head where nobody works."""
    return _best(population, working.astype(np.float64) + 0.9 * rng.random(len(working)))


def sickest(population: Population, rng: np.random.Generator) -> Ints:
    """Choose each household's member who falls ill: the chronically ill first."""
    return _best(population, population.chronic + 0.9 * rng.random(len(population.owner)))


def _best(population: Population, score: Floats) -> Ints:
    first = population.joins <= population.begins[population.owner]
    here = np.where(first & (population.relation != "child"), score, score - 2)
    order = np.lexsort((-here, population.owner))
    starts = np.searchsorted(population.owner[order], np.arange(population.n_households))
    return np.asarray(order[starts])
