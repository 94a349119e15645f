"""Reference resources against needs: where a household stands above or below the line."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from register.shard import Shard


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
    needs = pl.when(pl.col("equivalents") > 0).then(
        pl.col("equivalents") * pl.col("line_per_month") * resources_months
    )
    resources = pl.col("net_income") - pl.col("own_payment").fill_null(0)
    read = pl.concat(_read_at(shard, day, resources_months, known_on or day) for day in dates)
    return read.sort("household", "as_of_date").select(
        "household_id",
        "as_of_date",
        "village_id",
        "category",
        "n_members",
        "equivalents",
        "line_per_month",
        pl.when(needs > 0).then(resources / needs).alias("resources_over_line"),
    )


def _read_at(shard: Shard, day: date, months: int, known_on: date) -> pl.DataFrame:
    in_force = shard.line_on(day)
    return shard.resources.at(day, months, known_on).with_columns(
        pl.lit(day).alias("as_of_date"),
        pl.lit(in_force and in_force.per_month, dtype=pl.Float64).alias("line_per_month"),
    )
