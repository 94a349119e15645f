"""The cause recorded for a household inside the label window: to learn from, never a feature."""

from datetime import date

import polars as pl

from models.labels.monitored import IDENTIFIED
from register.breaches import GUARANTEES, spells_of
from register.cells.several import first
from register.seasons import months_later
from register.shard import Shard
from register.tables.found_off_list import FOUND_OFF_LIST
from register.tables.lookbacks import LOOKBACKS

#: Where a cause was recorded: at the identification of a household to monitor, on a visit to a list or off
#: it, or by the guarantee that was lost. Of several on one day the first of these is taken.
MONITORING, LOOKBACK, OFF_LIST, BREACH = "monitoring", "lookback", "off_list", "breach"
SOURCES = (MONITORING, LOOKBACK, OFF_LIST, BREACH)
#: What visits found, by where it stands in the register.
VISITS = {LOOKBACKS.name: LOOKBACK, FOUND_OFF_LIST.name: OFF_LIST}
RECORDED = ("household_id", "as_of_date", "cause", "cause_on", "source")

_SCHEMA = {
    "household_id": pl.String(),
    "as_of_date": pl.Date(),
    "cause": pl.String(),
    "cause_on": pl.Date(),
    "source": pl.String(),
}
_CAUSES = {name: kind for name, kind in _SCHEMA.items() if name != "as_of_date"}


def recorded_causes(
    shard: Shard, rows: pl.DataFrame, months: int, known_on: date, *, with_breaches: bool = False
) -> pl.DataFrame:
    """Read the first cause recorded for each household inside the window of each row.

    A cause is recorded when a household is identified (``monitoring.main_cause``), and when
    a visit finds the risk confirmed and says by what (``causes_found``, of which the first is
    the main one, as it is of an identification), whether it was to a list or off it.
    Who loses safe housing, water or schooling falls by that, whatever nobody wrote down: where
    such a breach is an outcome (`models.labels.label_rules`), its beginning records it. Offices
    hardly ever enter these causes, so without it a forecast would take them for never.

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
    with_breaches : bool
        Whether a breach of a guarantee is an outcome.

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
    breached = _breached(shard, known_on) if with_breaches else pl.DataFrame(schema=_CAUSES)
    read = [pl.DataFrame(schema=_SCHEMA)]
    for day in closed:
        causes = pl.concat([_causes(shard, months_later(day, months), known_on), breached])
        read.append(_of_day(causes, rows, day, months))
    return pl.concat(read).sort("household_id", "as_of_date")


def _of_day(causes: pl.DataFrame, rows: pl.DataFrame, day: date, months: int) -> pl.DataFrame:
    order = pl.col("source").replace_strict(SOURCES, range(len(SOURCES)), return_dtype=pl.Int64)
    first = (
        causes.filter(pl.col("cause_on") > day, pl.col("cause_on") <= months_later(day, months))
        .sort("cause_on", order, "cause")
        .unique("household_id", keep="first", maintain_order=True)
    )
    return (
        rows.filter(pl.col("as_of_date") == day).join(first, on="household_id", how="inner").select(RECORDED)
    )


def _causes(shard: Shard, end: date, known_on: date) -> pl.DataFrame:
    identified = shard.view("monitoring", end, known_on).filter(IDENTIFIED)
    parts = [
        identified.select(
            "household_id", cause="main_cause", cause_on="occurred_on", source=pl.lit(MONITORING)
        ),
        *(_confirmed(shard.view(table, end, known_on), source) for table, source in VISITS.items()),
    ]
    return pl.concat(parts).drop_nulls("cause")


def _confirmed(visits: pl.DataFrame, source: str) -> pl.DataFrame:
    return visits.filter(pl.col("result") == "confirmed").select(
        "household_id", cause=first("causes_found"), cause_on="visited_on", source=pl.lit(source)
    )


def _breached(shard: Shard, known_on: date) -> pl.DataFrame:
    """Take the beginning of every spell without a guarantee; each is named as its cause is."""
    spells = [
        spells_of(shard, one, known_on).select(
            "household_id", cause=pl.lit(one.table), cause_on="began_on", source=pl.lit(BREACH)
        )
        for one in GUARANTEES
    ]
    return pl.concat(spells)
