"""Reference resources against needs: where a household stands above or below the line."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from register.shard import Shard
from register.tables.income import COST


def readings(
    shard: Shard, dates: Iterable[date], resources_months: int, known_on: date | None = None
) -> pl.DataFrame:
    """Read every visible household's resources over its needs at each date.

    Needs = line(region, date) x equivalents. Resources = net income + claims - eligible
    own medical payment over the last `resources_months` months.

    Parameters
    ----------
    shard : Shard
        One county.
    dates : iterable of date
        Dates to read at.
    resources_months : int
        Months of resources compared with the line: 12 in China, 1 in a monthly survey.
    known_on : date, optional
        Knowledge date for all `dates`; each date's own by default.

    Returns
    -------
    DataFrame
        ``household_id, as_of_date, village_id, category, n_members, equivalents,
        line_per_month, resources_over_line``, sorted by household and date. The last is
        missing where no income was reported in the window or no line was in force.

    References
    ----------
    DOMAIN 1.3; the income formula is marked [M] there.
    """
    read = [_read_at(shard, day, resources_months, known_on) for day in dates]
    return pl.concat(read).sort("household_id", "as_of_date")


def _read_at(shard: Shard, day: date, months: int, known_on: date | None) -> pl.DataFrame:
    households = shard.view("households", day, known_on).select("household_id", "village_id", "category")
    in_force = shard.line_on(day)
    line = pl.lit(in_force and in_force.per_month, dtype=pl.Float64)
    needs = pl.when(pl.col("equivalents") > 0).then(pl.col("equivalents") * line * months)
    resources = pl.col("net_income") - pl.col("own_payment").fill_null(0)
    return (
        households.join(_sizes(shard, day, known_on), on="household_id", how="left")
        .join(_net_income(shard, day, months, known_on), on="household_id", how="left")
        .join(_own_payment(shard, day, months, known_on), on="household_id", how="left")
        .select(
            "household_id",
            pl.lit(day).alias("as_of_date"),
            "village_id",
            "category",
            "n_members",
            "equivalents",
            line.alias("line_per_month"),
            pl.when(needs > 0).then(resources / needs).alias("resources_over_line"),
        )
    )


def _sizes(shard: Shard, day: date, known_on: date | None) -> pl.DataFrame:
    members = shard.view("members", day, known_on)
    return members.group_by("household_id").agg(
        pl.len().cast(pl.Int64).alias("n_members"), pl.col("equivalents").sort().sum()
    )


def _net_income(shard: Shard, day: date, months: int, known_on: date | None) -> pl.DataFrame:
    signed = pl.when(pl.col("source").is_in(COST)).then(-pl.col("amount")).otherwise(pl.col("amount"))
    recent = shard.view("income", day, known_on).filter(pl.col("months_ago") < months)
    return recent.group_by("household_id").agg(signed.sort().sum().alias("net_income"))


def _own_payment(shard: Shard, day: date, months: int, known_on: date | None) -> pl.DataFrame:
    recent = shard.view("health", day, known_on).filter(pl.col("months_ago") < months)
    return recent.group_by("household_id").agg(pl.col("own_payment").sort().sum())
