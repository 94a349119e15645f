"""A published order of households, for a list before anything can be trained or where training fails."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Literal

import polars as pl

from features.declaration import CAUSES, GROUPS, declared_features
from models.ranking.speaking import kinds_that_speak, speaks
from register.reference import AlertRule, PriorityVisit, alert_rules, priority_visits

#: What orders: income over the line and the rules in use, or income over the line alone.
RULES, INCOME = "rules", "income"
Order = Literal["rules", "income"]


@dataclass(frozen=True)
class Ranking:
    """Income over the line, halved for every rule that speaks: who comes to least is visited first.

    Attributes
    ----------
    kind : str
        ``rules``: every department alert and every kind of priority visit that speaks counts;
        ``income``: none does.
    counts_as : float
        What a rule that speaks counts as: so many times the income.
    alerts : sequence of AlertRule
        Rules of the departments.
    visits : sequence of PriorityVisit
        The eight priority visits; a kind speaks where any of its entries does.

    Notes
    -----
    ``score = -ln(resources over line) - ln(counts_as) x rules that speak``: a sum, so that its
    parts by cause are exact. A rule belongs to the official cause of the first feature it
    reads, or to that feature's circumstance. It is an order and no probability.

    References
    ----------
    DOMAIN 1.6 and 4: the rules; ADR 21: the order.
    """

    kind: Order
    counts_as: float
    alerts: Sequence[AlertRule] = ()
    visits: Sequence[PriorityVisit] = ()

    @classmethod
    def of(cls, kind: Order, counts_as: float) -> "Ranking":
        """Take the rules in force from the reference data."""
        rules = (alert_rules(), priority_visits()) if kind == RULES else ((), ())
        return cls(kind, counts_as, *rules)

    def parts(self) -> dict[str, pl.Expr]:
        """Give by group what it adds to the score, ``phi_<group>``, over a feature frame."""
        added: dict[str, list[pl.Expr]] = {group: [] for group in GROUPS}
        added["income"].append(-pl.col("resources_over_line").log())
        for group, spoken in self._rules():
            added[group].append(spoken.cast(pl.Float64) * -math.log(self.counts_as))
        return {
            f"phi_{group}": reduce(add, terms, pl.lit(0.0)).alias(f"phi_{group}")
            for group, terms in added.items()
        }

    def score(self) -> pl.Expr:
        """Give the score: higher is visited first."""
        return reduce(add, self.parts().values())

    def _rules(self) -> list[tuple[str, pl.Expr]]:
        """Pair every rule's group with whether it speaks; what is not known does not speak."""
        groups = {one.kind: group_of([*one.at_least, *one.below]) for one in reversed(self.visits)}
        alerts = [(group_of(rule.when), speaks(rule)) for rule in self.alerts]
        return [*alerts, *((groups[kind], met) for kind, met in kinds_that_speak(self.visits).items())]


def group_of(names: Iterable[str]) -> str:
    """Name the official cause of the first feature that has one, else the first feature's circumstance.

    Examples
    --------
    >>> group_of(["is_lifted_out", "own_payment_over_rural_income_12m"])
    'illness'
    """
    groups = {one.name: one.group for one in declared_features()}
    read = [groups[name] for name in names]
    return next((group for group in read if group in CAUSES), read[0])
