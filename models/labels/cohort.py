"""Who is looked after at a date: out of poverty then, not under monitoring; and who was below the line."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from models.labels.help_given import under_help_at
from models.labels.label_rules import FALLS, RELAPSES
from models.labels.monitored import eliminated_by, monitored_at
from register.readings import readings
from register.shard import Shard

#: Columns of a cohort, in order.
COHORT = (
    "household_id",
    "as_of_date",
    "county_id",
    "township_id",
    "village_id",
    "is_return",
    "resources_over_line",
    "under_help",
)


def cohort(
    shard: Shard,
    dates: Sequence[date],
    resources_months: int,
    categories: Sequence[str],
    outcome: str = FALLS,
) -> pl.DataFrame:
    """List the households of a county that may come to the outcome, at each date.

    Everything is read as it was known at that date.

    Parameters
    ----------
    shard : Shard
        One county.
    dates : sequence of date
        Season ends, ascending; `is_return` looks back along them.
    resources_months : int
        Months of resources compared with the line.
    categories : sequence of str
        Household categories that are looked after.
    outcome : str
        Of `models.labels.label_rules.LabelRules`; of ``relapse`` those alone whose risk was
        eliminated before.

    Returns
    -------
    DataFrame
        `COHORT` columns, sorted by household and date. `is_return` marks those lifted
        out of poverty, or read below the line at an earlier date; `under_help` those for
        whom a measure of help runs at the date.

    References
    ----------
    DESIGN 5; "not under monitoring" is DOMAIN 1.1.
    """
    above = pl.col("resources_over_line") >= 1
    return _listed(shard, dates, resources_months, categories, outcome, above)


def below_line(
    shard: Shard,
    dates: Sequence[date],
    resources_months: int,
    categories: Sequence[str],
    outcome: str = FALLS,
) -> pl.DataFrame:
    """List who would be in the cohort but for being below the line already, at each date.

    They cannot fall and are never scored; what becomes of them teaches about those just above.
    Arguments and columns are those of `cohort`; no row is in both.
    """
    below = pl.col("resources_over_line") < 1
    return _listed(shard, dates, resources_months, categories, outcome, below)


def _listed(
    shard: Shard,
    dates: Sequence[date],
    resources_months: int,
    categories: Sequence[str],
    outcome: str,
    side: pl.Expr,
) -> pl.DataFrame:
    """List the households on one side of the line."""
    read = readings(shard, dates, resources_months).with_columns(_was_below().alias("was_below"))
    looked_after = read.filter(pl.col("category").is_in(list(categories)), side)
    return (
        _at_risk(shard, looked_after, outcome)
        .join(_places(shard, dates), on=["village_id", "as_of_date"], how="left")
        .with_columns(((pl.col("category") == "lifted_out") | pl.col("was_below")).alias("is_return"))
        .select(COHORT)
        .sort("household_id", "as_of_date")
    )


def _was_below() -> pl.Expr:
    below = (pl.col("resources_over_line") < 1).fill_null(value=False)
    earlier = below.cast(pl.Int64).cum_sum().shift(1).fill_null(0)
    return earlier.over("household_id", order_by="as_of_date") > 0


def _at_risk(shard: Shard, rows: pl.DataFrame, outcome: str) -> pl.DataFrame:
    """Leave out who is monitored already, and of relapse who never was; mark who is under help."""
    parts = [rows.clear().with_columns(pl.lit(None, dtype=pl.Boolean).alias("under_help"))]
    for (day,), at_day in rows.group_by("as_of_date", maintain_order=True):
        free = at_day.join(monitored_at(shard, day), on="household_id", how="anti")
        if outcome == RELAPSES:
            free = free.join(eliminated_by(shard, day), on="household_id", how="semi")
        parts.append(free.with_columns(under_help_at(shard, day, free["household_id"])))
    return pl.concat(parts)


def _places(shard: Shard, dates: Sequence[date]) -> pl.DataFrame:
    return pl.concat(
        shard.view("villages", day).select(
            "village_id", pl.lit(day).alias("as_of_date"), "township_id", "county_id"
        )
        for day in dates
    )
