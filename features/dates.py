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
    shown = ((shard.view(name, day), day) for day in dates)
    if months is not None:
        shown = ((view.filter(pl.col("months_ago") < months), day) for view, day in shown)
    return pl.concat(view.with_columns(pl.lit(day).alias("as_of_date")) for view, day in shown)


def dated(column: str) -> pl.Expr:
    """Give one number to whom a column of numbered ids names and the row's date: one key instead of two.

    The number sorts by date, then as the ids do.
    """
    day, who = (pl.col(one).to_physical().cast(pl.Int64) for one in ("as_of_date", column))
    return day * 2**32 + who
