"""Which official causes are named: those the register shows, and that moved the risk within the year."""

import math
from collections.abc import Sequence

import polars as pl

from features.declaration import CAUSES, GROUPS
from models.ranking.speaking import met
from register.reference import OfCause, cause_events, cause_needs

#: What is said of causes, beside the parts.
NAMED = ("events", "named_causes", "main_cause", "vulnerability")


def names_of(
    explained: pl.DataFrame,
    features: pl.DataFrame,
    least_multiplier: float,
    events: Sequence[OfCause] | None = None,
    needs: Sequence[OfCause] | None = None,
) -> pl.DataFrame:
    """Name the causes of each household, or none.

    A cause is named where three things hold: the register shows an event of it within the year
    (`register.reference.cause_events`), the changed facts of the cause raised the odds by
    `least_multiplier` or more, and what the official list asks of the cause is met. Several are ordered
    by the forecast of causes where there is one, else by what they changed.

    Parameters
    ----------
    explained : DataFrame
        ``household_id, as_of_date``, ``phi_<group>`` and ``fresh_<group>`` (missing where no year lies
        behind), and ``forecast_<cause>`` where causes are forecast.
    features : DataFrame
        Feature frame that holds these households at these dates.
    least_multiplier : float
        Of the odds.
    events, needs : sequence of OfCause, optional
        Those of the reference data by default.

    Returns
    -------
    DataFrame
        `explained` with `NAMED`: lists of causes, the first named one (missing if none is), and the
        groups whose standing part raises the odds as much, the largest first.

    References
    ----------
    DESIGN 7; ADR 22; DOMAIN 2.1: what a cause needs.
    """
    shown, fitting = (
        _of_each(given)
        for given in (
            cause_events() if events is None else events,
            cause_needs() if needs is None else needs,
        )
    )
    conditions = {f"event_{cause}": shown.get(cause, pl.lit(value=False)) for cause in CAUSES}
    conditions |= {f"fits_{cause}": fitting.get(cause, pl.lit(value=True)) for cause in CAUSES}
    facts = features.select(
        "household_id", "as_of_date", *(one.alias(name) for name, one in conditions.items())
    )
    beside = explained.join(facts, on=["household_id", "as_of_date"], how="left", maintain_order="left")
    least = math.log(least_multiplier)
    named = {cause: _is_named(cause, least) for cause in CAUSES}
    standing = {group: pl.col(f"phi_{group}") - pl.col(f"fresh_{group}").fill_null(0.0) for group in GROUPS}
    return (
        beside.with_columns(
            listed({cause: pl.col(f"event_{cause}") for cause in CAUSES}, {}).alias("events"),
            listed(named, _order(explained.columns)).alias("named_causes"),
            listed({group: part >= least for group, part in standing.items()}, standing).alias(
                "vulnerability"
            ),
        )
        .with_columns(pl.col("named_causes").list.first().alias("main_cause"))
        .select(*explained.columns, *NAMED)
    )


def _of_each(conditions: Sequence[OfCause]) -> dict[str, pl.Expr]:
    """Tell by cause whether any of its conditions is met."""
    ways: dict[str, list[pl.Expr]] = {}
    for one in conditions:
        ways.setdefault(one.cause, []).append(met(one))
    return {cause: pl.any_horizontal(each) for cause, each in ways.items()}


def _is_named(cause: str, least: float) -> pl.Expr:
    moved = (pl.col(f"fresh_{cause}") >= least).fill_null(value=False)
    return pl.col(f"event_{cause}") & pl.col(f"fits_{cause}") & moved


def _order(columns: Sequence[str]) -> dict[str, pl.Expr]:
    """Order by the forecast, where it is missing by what the cause changed."""
    fresh = {cause: pl.col(f"fresh_{cause}") for cause in CAUSES}
    forecast = {cause: f"forecast_{cause}" for cause in CAUSES if f"forecast_{cause}" in columns}
    return fresh | {cause: pl.coalesce(name, fresh[cause]) for cause, name in forecast.items()}


def listed(is_in: dict[str, pl.Expr], by: dict[str, pl.Expr]) -> pl.Expr:
    """List the names that hold, the highest of `by` first, equal ones as declared."""
    rows = [
        pl.struct(
            (-by.get(name, pl.lit(0.0))).alias("first"), pl.lit(at).alias("then"), pl.lit(name).alias("name")
        )
        for at, name in enumerate(is_in)
    ]
    kept = [
        pl.when(holds.fill_null(value=False)).then(row)
        for holds, row in zip(is_in.values(), rows, strict=True)
    ]
    return pl.concat_list(kept).list.drop_nulls().list.sort().list.eval(pl.element().struct.field("name"))
