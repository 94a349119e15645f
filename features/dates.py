"""Several dates in one frame: as-of views one below the other, and one number for whom at which."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from register.shard import Shard


def views(shard: Shard, name: str, dates: Sequence[date], months: int | None = None) -> pl.DataFrame:
    """Show a table as `Shard.view` does at each date, of the last `months` if that is said.

    Returns
    -------
    DataFrame
        The view's columns and ``as_of_date``; date after date.
    """
    parts = []
    for day in dates:
        view = shard.view(name, day)
        recent = view if months is None else view.filter(pl.col("months_ago") < months)
        parts.append(recent.with_columns(pl.lit(day).alias("as_of_date")))
    return pl.concat(parts)


def dated(column: str) -> pl.Expr:
    """Give one number to whom a column of numbered ids names and the row's date: one key instead of two.

    The number sorts by date, then as the ids do.
    """
    day, who = (pl.col(one).to_physical().cast(pl.Int64) for one in ("as_of_date", column))
    return day * 2**32 + who
