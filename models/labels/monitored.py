"""Who is under monitoring, who was before, and who is identified: events as known at a date."""

from datetime import date

import polars as pl

from register.shard import Shard

OCCURRED = pl.col("occurred_on")
IDENTIFIED, ELIMINATED = (pl.col("event") == name for name in ("identified", "eliminated"))


def monitored_at(shard: Shard, day: date, known_on: date | None = None) -> pl.DataFrame:
    """List the households (``household_id``) identified and not eliminated since.

    Parameters
    ----------
    shard : Shard
        One county.
    day : date
        Events after it are not seen.
    known_on : date, optional
        Nor records entered after it; `day` by default.
    """
    last = _last_events(shard, day, known_on)
    return last.filter(pl.col("identified") > pl.col("eliminated").fill_null(date.min)).select("household_id")


def eliminated_by(shard: Shard, day: date) -> pl.DataFrame:
    """List the households (``household_id``) whose risk was eliminated once or more, as known at `day`."""
    return _last_events(shard, day, None).drop_nulls("eliminated").select("household_id")


def identified_in(shard: Shard, day: date, end: date, known_on: date) -> pl.DataFrame:
    """Find who was identified after `day` and by `end`.

    Returns
    -------
    DataFrame
        ``household_id, identified_on, group`` of the first identification.
    """
    events = shard.view("monitoring", end, known_on).filter(IDENTIFIED, day < OCCURRED)
    return events.group_by("household_id").agg(
        OCCURRED.min().alias("identified_on"), pl.col("group").sort_by("occurred_on", "group").first()
    )


def _last_events(shard: Shard, day: date, known_on: date | None) -> pl.DataFrame:
    return (
        shard.view("monitoring", day, known_on)
        .group_by("household_id")
        .agg(
            OCCURRED.filter(IDENTIFIED).max().alias("identified"),
            OCCURRED.filter(ELIMINATED).max().alias("eliminated"),
        )
    )
