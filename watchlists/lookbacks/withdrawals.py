"""Visits that a sheet takes back: 撤销 in the result withdraws what was read back of that household."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from register.lookback_store import RECORDS, WITHDRAWN, latest
from register.quarantine import REASONS
from watchlists.lookbacks.rows import JUDGED
from watchlists.lookbacks.versions import LISTED, ROW
from watchlists.lookbacks.words import reason_and_step

#: What a version that takes a visit back still says: who did, and why.
KEPT = ("role", "note")
WHICH = (
    "该户在这份名单上不止一次走访，不知撤销哪一次 / several visits to this household: which is withdrawn?",
    "在“走访日期”写上要撤销的那一次：{days} / write the day of the one to withdraw: {days}",
)
NOT_THAT_DAY = (
    "该户这一天没有读回过的走访 / no visit to this household was read back of that day",
    "“走访日期”写要撤销的那一次：{days} / write the day of the one to withdraw: {days}",
)
NONE_THERE = (
    "该户没有读回过的走访，无可撤销 / no visit to this household was read back, so none is withdrawn",
    (
        "核对户编号；确实没有交过的，清空本行浅黄色单元格 / check the household id; if none was handed in, "
        "clear the yellow cells of the row"
    ),
)


def withdrawing(rows: pl.DataFrame) -> pl.Series:
    """Mark the rows that take a visit back."""
    return rows["result"].eq_missing(WITHDRAWN)


def withdrawals(
    rows: pl.DataFrame, versions: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Find the visit that every row takes back.

    Parameters
    ----------
    rows : DataFrame
        Rows that take a visit back (`watchlists.lookbacks.rows.JUDGED`); the day may be missing
        where the household was visited once.
    versions : DataFrame
        What was read back (`register.lookback_store.RECORDS`), this reading's visits last.

    Returns
    -------
    accepted, duplicates, reasons : tuple of DataFrame
        Versions that take a visit back, ``file, row`` of those that say nothing new, and
        `register.quarantine.REASONS` against the others.
    """
    accepted: list[dict[str, Any]] = []
    repeated: list[tuple[str, int]] = []
    reasons: list[tuple[str, int, str, str, str]] = []
    for row in rows.iter_rows(named=True):
        place = row["file"], row["row"]
        meant = _meant(row, versions)
        if isinstance(meant, tuple):
            reasons.append((*place, *meant))
        elif meant is None or any(_is_same_visit(meant, one) for one in accepted):
            repeated.append(place)
        else:
            accepted.append(taken_back(meant, row))
    return (
        pl.DataFrame(accepted, schema=JUDGED),
        pl.DataFrame(repeated, schema={name: JUDGED[name] for name in ROW}, orient="row"),
        pl.DataFrame(reasons, schema=REASONS, orient="row"),
    )


def taken_back(visit: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """Write the version by which a row takes a visit back."""
    own = {name: row[name] for name in (*KEPT, "recorded_on", "file_sha256", "file", "row")}
    of_visit = {name: visit[name] for name in (*LISTED, "visited_on", "season", "county_id")}
    return {**dict.fromkeys(RECORDS), **of_visit, **own, "result": WITHDRAWN}


def _meant(row: Mapping[str, Any], versions: pl.DataFrame) -> dict[str, Any] | tuple[str, str, str] | None:
    """Give the visit, a column with reason and step, or None where it is withdrawn already."""
    own = versions.filter(pl.col(name) == row[name] for name in LISTED)
    holds = own.filter(latest(own))
    live = holds.filter(pl.col("result") != WITHDRAWN)
    meant = live if row["visited_on"] is None else holds.filter(visited_on=row["visited_on"])
    if len(meant) != 1:
        return _unclear(row, holds, live)
    visit = meant.row(0, named=True)
    before = own.filter(visited_on=visit["visited_on"], result=WITHDRAWN, file_sha256=row["file_sha256"])
    # A file that withdrew it once does not do so again after the visit was written anew.
    return None if visit["result"] == WITHDRAWN or len(before) else visit


def _unclear(row: Mapping[str, Any], holds: pl.DataFrame, live: pl.DataFrame) -> tuple[str, str, str] | None:
    days = "、".join(f"{day}" for day in sorted(live["visited_on"]))
    if row["visited_on"] is None and len(live):
        return ("visited_on", *reason_and_step(WHICH, days=days))
    if row["visited_on"] is None and len(holds):
        return None
    if len(live):
        return ("visited_on", *reason_and_step(NOT_THAT_DAY, days=days))
    return ("result", *NONE_THERE)


def _is_same_visit(visit: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(visit[name] == other[name] for name in ("source_kind", "household_id", "visited_on"))
