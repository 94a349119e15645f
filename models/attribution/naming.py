"""Which official causes are named: those the register shows, and that moved the risk within the year."""

import math
from collections.abc import Sequence

import numpy as np
import polars as pl

from features.declaration import CAUSES, GROUPS
from models.arrays import Flags, Floats
from models.ranking.speaking import met
from register.reference import OfCause, cause_events, cause_needs

#: What is said of causes, beside the parts.
NAMED = ("events", "named_causes", "vulnerability", "main_cause")


def names_of(explained: pl.DataFrame, features: pl.DataFrame, least_multiplier: float) -> pl.DataFrame:
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

    Returns
    -------
    DataFrame
        `explained` with `NAMED`: lists of causes, the first named one (missing if none is), and the
        groups whose standing part raises the odds as much, the largest first.

    References
    ----------
    DESIGN 7; ADR 22; DOMAIN 2.1: what a cause needs.
    """
    facts = features.select(
        "household_id",
        "as_of_date",
        *_of_each(cause_events(), "event", otherwise=False),
        *_of_each(cause_needs(), "fits", otherwise=True),
    )
    beside = explained.join(facts, on=["household_id", "as_of_date"], how="left", maintain_order="left")
    has_event, fits, fresh = (_columns(beside, name, CAUSES) for name in ("event", "fits", "fresh"))
    least, order = math.log(least_multiplier), _order(beside, fresh)
    standing = _columns(beside, "phi", GROUPS) - np.nan_to_num(_columns(beside, "fresh", GROUPS))
    lists = {
        "events": listed(CAUSES, has_event > 0, np.zeros_like(order)),
        "named_causes": listed(CAUSES, (has_event > 0) & (fits > 0) & (fresh >= least), order),
        "vulnerability": listed(GROUPS, standing >= least, standing),
    }
    return explained.with_columns(
        pl.Series(name, values, pl.List(pl.String())) for name, values in lists.items()
    ).with_columns(pl.col("named_causes").list.first().alias("main_cause"))


def _of_each(conditions: Sequence[OfCause], name: str, *, otherwise: bool) -> list[pl.Expr]:
    """Tell by cause whether any of its conditions is met; `otherwise` where it has none."""
    ways: dict[str, list[pl.Expr]] = {cause: [] for cause in CAUSES}
    for one in conditions:
        if one.cause in ways:
            ways[one.cause].append(met(one))
    return [
        (pl.any_horizontal(each) if each else pl.lit(otherwise)).alias(f"{name}_{cause}")
        for cause, each in ways.items()
    ]


def _columns(table: pl.DataFrame, name: str, groups: Sequence[str]) -> Floats:
    return table.select(pl.col(f"{name}_{group}").cast(pl.Float64) for group in groups).to_numpy()


def _order(beside: pl.DataFrame, fresh: Floats) -> Floats:
    """Order by the forecast, where it is missing by what the cause changed."""
    if f"forecast_{CAUSES[0]}" not in beside.columns:
        return fresh
    forecast = _columns(beside, "forecast", CAUSES)
    return np.where(np.isnan(forecast), fresh, forecast)


def listed(names: Sequence[str], holds: Flags, by: Floats) -> list[list[str]]:
    """List the names that hold for each row, the highest of `by` first, equal ones in their order.

    Examples
    --------
    >>> listed(("a", "b", "c"), np.array([[True, True, False]]), np.array([[1.0, 2.0, 3.0]]))
    [['b', 'a']]
    """
    lists: list[list[str]] = [[] for _ in holds]
    for row in np.flatnonzero(holds.any(axis=1)):
        lists[row] = [names[at] for at in np.argsort(-by[row], kind="stable") if holds[row, at]]
    return lists
