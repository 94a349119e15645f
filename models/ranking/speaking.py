"""Which rules and conditions speak for a household, over its features."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from register.reference import AlertRule, PriorityVisit
from register.reference.conditions import Condition


def speaks(rule: AlertRule) -> pl.Expr:
    """Tell whether a department's rule speaks, over a feature frame; what is not known does not."""
    return _all_of(_over(rule.when))


def kinds_that_speak(visits: Sequence[PriorityVisit]) -> dict[str, pl.Expr]:
    """Tell by kind of priority visit whether any of its entries speaks, in the order of the kinds."""
    ways: dict[str, list[pl.Expr]] = {}
    for visit in visits:
        ways.setdefault(visit.kind, []).append(met(visit))
    return {kind: pl.any_horizontal(entries) for kind, entries in ways.items()}


def met(condition: Condition) -> pl.Expr:
    """Tell whether a condition is met, over a feature frame; what is not known meets none."""
    under = [pl.col(name) < number for name, number in condition.below.items()]
    return _all_of([*_over(condition.at_least), *under])


def _over(least: Mapping[str, float]) -> list[pl.Expr]:
    return [pl.col(name) >= number for name, number in least.items()]


def _all_of(conditions: Iterable[pl.Expr]) -> pl.Expr:
    """Hold where every condition does; what is not known does not (no record is no finding)."""
    return pl.all_horizontal(conditions).fill_null(value=False)
