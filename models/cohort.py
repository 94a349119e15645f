"""Who is looked after at a date: out of poverty then, and not under monitoring."""

from collections.abc import Sequence
from datetime import date

import polars as pl

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
)


def cohort(
    shard: Shard, dates: Sequence[date], resources_months: int, categories: Sequence[str]
) -> pl.DataFrame:
    """List the households of a county that may fall, at each date.

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

    Returns
    -------
    DataFrame
        `COHORT` columns, sorted by household and date. `is_return` marks those lifted
        out of poverty, or read below the line at an earlier date.

    References
    ----------
    DESIGN.md 5; "not under monitoring" is DOMAIN.md 1.1.
    """
    read = readings(shard, dates, resources_months).with_columns(_was_below().alias("was_below"))
    looked_after = read.filter(pl.col("category").is_in(list(categories)), pl.col("resources_over_line") >= 1)
    return (
        looked_after.join(_monitored(shard, dates), on=["household_id", "as_of_date"], how="anti")
        .join(_places(shard, dates), on=["village_id", "as_of_date"], how="left")
        .with_columns(((pl.col("category") == "lifted_out") | pl.col("was_below")).alias("is_return"))
        .select(COHORT)
        .sort("household_id", "as_of_date")
    )


def _was_below() -> pl.Expr:
    below = (pl.col("resources_over_line") < 1).fill_null(value=False)
    earlier = below.cast(pl.Int64).cum_sum().shift(1).fill_null(0)
    return earlier.over("household_id", order_by="as_of_date") > 0


def _monitored(shard: Shard, dates: Sequence[date]) -> pl.DataFrame:
    return pl.concat(_monitored_at(shard, day) for day in dates)


def _monitored_at(shard: Shard, day: date) -> pl.DataFrame:
    happened = pl.col("occurred_on")
    return (
        shard.view("monitoring", day)
        .group_by("household_id")
        .agg(
            happened.filter(pl.col("event") == "identified").max().alias("identified"),
            happened.filter(pl.col("event") == "eliminated").max().alias("eliminated"),
        )
        .filter(pl.col("identified") > pl.col("eliminated").fill_null(date.min))
        .select("household_id", pl.lit(day).alias("as_of_date"))
    )


def _places(shard: Shard, dates: Sequence[date]) -> pl.DataFrame:
    return pl.concat(
        shard.view("villages", day).select(
            "village_id", pl.lit(day).alias("as_of_date"), "township_id", "county_id"
        )
        for day in dates
    )
