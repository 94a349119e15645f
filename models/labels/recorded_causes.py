"""The cause recorded for a household inside the label window: to learn from, never a feature."""

from datetime import date

import polars as pl

from models.labels.monitored import IDENTIFIED
from register.seasons import months_later
from register.shard import Shard

#: Where a cause was recorded: at the identification of a household to monitor, or on a visit to a list.
MONITORING, LOOKBACK = "monitoring", "lookback"
RECORDED = ("household_id", "as_of_date", "cause", "cause_on", "source")

_SCHEMA = {
    "household_id": pl.String(),
    "as_of_date": pl.Date(),
    "cause": pl.String(),
    "cause_on": pl.Date(),
    "source": pl.String(),
}


def recorded_causes(shard: Shard, rows: pl.DataFrame, months: int, known_on: date) -> pl.DataFrame:
    """Read the first cause recorded for each household inside the window of each row.

    A cause is recorded when a household is identified (``monitoring.main_cause``), and when
    a visit to a list finds the risk confirmed and says by what (``lookbacks.cause_found``).
    Of two on one day that of the identification is taken.

    Parameters
    ----------
    shard : Shard
        The county the households live in.
    rows : DataFrame
        ``household_id, as_of_date`` of the cohort.
    months : int
        Length of the window after the as-of date.
    known_on : date
        Nothing recorded later is seen, and no window that closes later is read: of one that is
        still open only the early causes would be known.

    Returns
    -------
    DataFrame
        `RECORDED`, sorted by household and date; rows without a recorded cause are left out.
        ``cause`` is any of the official ones, those without features too.

    References
    ----------
    DOMAIN 1.5 and 2.1; ADR 7 for look-backs.

    Examples
    --------
    >>> from tests.households import household, village_of
    >>> identified = {"occurred_on": "2024-03-10", "event": "identified", "main_cause": "illness"}
    >>> lin = village_of(household("lin", income=100, monitoring=[identified]))
    >>> row = pl.DataFrame({"household_id": ["lin"], "as_of_date": [date(2023, 12, 31)]})
    >>> recorded_causes(lin, row, 12, date(2024, 12, 31))["cause"].to_list()
    ['illness']
    """
    days = rows["as_of_date"].unique().sort().to_list()
    closed = [day for day in days if months_later(day, months) <= known_on]
    read = [pl.DataFrame(schema=_SCHEMA), *(_of_day(shard, rows, day, months, known_on) for day in closed)]
    return pl.concat(read).sort("household_id", "as_of_date")


def _of_day(shard: Shard, rows: pl.DataFrame, day: date, months: int, known_on: date) -> pl.DataFrame:
    first = (
        _causes(shard, months_later(day, months), known_on)
        .filter(pl.col("cause_on") > day)
        .sort("cause_on", pl.col("source") == LOOKBACK, "cause")
        .unique("household_id", keep="first", maintain_order=True)
    )
    return (
        rows.filter(pl.col("as_of_date") == day).join(first, on="household_id", how="inner").select(RECORDED)
    )


def _causes(shard: Shard, end: date, known_on: date) -> pl.DataFrame:
    identified = shard.view("monitoring", end, known_on).filter(IDENTIFIED)
    visited = shard.view("lookbacks", end, known_on).filter(pl.col("result") == "confirmed")
    parts = [
        identified.select(
            "household_id", cause="main_cause", cause_on="occurred_on", source=pl.lit(MONITORING)
        ),
        visited.select("household_id", cause="cause_found", cause_on="visited_on", source=pl.lit(LOOKBACK)),
    ]
    return pl.concat(parts).drop_nulls("cause")
