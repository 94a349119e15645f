"""Which rules speak for a household: of the departments, and of the eight priority visits."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from register.reference import AlertRule, PriorityVisit


def speaks(rule: AlertRule) -> pl.Expr:
    """Tell whether a department's rule speaks, over a feature frame; what is not known does not."""
    return _all_of(_over(rule.when))


def kinds_that_speak(visits: Sequence[PriorityVisit]) -> dict[str, pl.Expr]:
    """Tell by kind of priority visit whether any of its entries speaks, in the order of the kinds."""
    ways: dict[str, list[pl.Expr]] = {}
    for visit in visits:
        under = [pl.col(name) < number for name, number in visit.below.items()]
        ways.setdefault(visit.kind, []).append(_all_of([*_over(visit.at_least), *under]))
    return {kind: pl.any_horizontal(entries) for kind, entries in ways.items()}


def _over(least: Mapping[str, float]) -> list[pl.Expr]:
    return [pl.col(name) >= number for name, number in least.items()]


def _all_of(conditions: Iterable[pl.Expr]) -> pl.Expr:
    """Hold where every condition does; what is not known does not (no record is no finding)."""
    return pl.all_horizontal(conditions).fill_null(value=False)
