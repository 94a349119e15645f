"""Whom help reaches: measures that run at a date, and the first that begins after it."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from register.seasons import months_later
from register.shard import Shard

_BEGUN = {"household_id": pl.String(), "help_began_on": pl.Date(), "as_of_date": pl.Date()}


def under_help_at(shard: Shard, day: date, households: pl.Series) -> pl.Series:
    """Tell for each household whether a measure of help runs on a day, as known then.

    Returns
    -------
    Series of bool
        ``under_help``, in the order of `households`. A measure ends the day before its
        ``ended_on``; where none is entered it runs on.
    """
    running = measures_running(shard, day, day)
    return households.is_in(running["household_id"].unique().implode()).alias("under_help")


def help_begun(shard: Shard, days: Sequence[date], months: int, known_on: date) -> pl.DataFrame:
    """Find the first measure of help that began inside each label window.

    A measure of a group that ran at the as-of date is the old help renewed, such as another
    year of a public post, and does not count.

    Parameters
    ----------
    shard : Shard
        One county.
    days : sequence of date
        As-of dates.
    months : int
        Length of the window after each.
    known_on : date
        Nothing recorded later is seen.

    Returns
    -------
    DataFrame
        ``household_id, help_began_on, as_of_date``.
    """
    parts = [pl.DataFrame(schema=_BEGUN)]
    for day in days:
        until = shard.view("assistance", months_later(day, months), known_on)
        begun = until.filter(pl.col("started_on") > pl.lit(day))
        new = begun.join(measures_running(shard, day, known_on), on=["household_id", "measure"], how="anti")
        first = new.group_by("household_id").agg(pl.col("started_on").min().alias("help_began_on"))
        parts.append(first.with_columns(pl.lit(day).alias("as_of_date")))
    return pl.concat(parts)


def measures_running(shard: Shard, day: date, known_on: date) -> pl.DataFrame:
    """List the records of measures that run on a day, as known on another."""
    known = shard.view("assistance", day, known_on)
    return known.filter(pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.lit(day)))
