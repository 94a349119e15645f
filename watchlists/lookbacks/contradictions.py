"""Visits that were told before, and visits of which two things are told."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from register.lookback_store import latest
from register.quarantine import REASONS, Finding, reasons_of, without_rows
from register.tables.lookbacks import LOOKBACKS
from watchlists.lookbacks.places import place_of
from watchlists.lookbacks.sheet import Filled
from watchlists.lookbacks.versions import BEFORE, CONTENT, CORRECTABLE, ROW, VISIT, beside_stored
from watchlists.lookbacks.words import AT_ODDS, CHANGED, CORRECTION, OTHER_ROLE, SUPERSEDED, reason_and_step


def sorted_out(
    rows: pl.DataFrame, stored: pl.DataFrame, sheets: Sequence[Filled]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Part what is new from what was told before and from what contradicts something.

    Parameters
    ----------
    rows : DataFrame
        Filled rows without a fault of their own (`watchlists.lookbacks.rows.JUDGED`).
    stored : DataFrame
        What earlier readings left.
    sheets : sequence of Filled
        The workbooks they are of.

    Returns
    -------
    accepted, duplicates, reasons : tuple of DataFrame
        Rows to keep; ``file, row`` of those that say nothing new;
        `register.quarantine.REASONS` against the others.
    """
    # What is known goes first: a file that was read before is no party to a contradiction.
    known, undone = _known_before(rows, stored)
    fresh = rows.join(pl.concat([known, undone.select(ROW)]), on=ROW, how="anti", maintain_order="left")
    against = _undeclared(fresh, stored)
    accepted, repeated, at_odds = _apart(without_rows(fresh, against), sheets)
    return accepted, pl.concat([known, repeated]), pl.concat([undone, against, at_odds])


def _known_before(rows: pl.DataFrame, stored: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find the rows that say what is known, and those that say what has been corrected since."""
    versions = stored.with_columns(latest(stored)).select(*CONTENT, "latest")
    holds = versions.filter("latest").select(CONTENT).unique()
    known = rows.join(holds, on=CONTENT, how="semi", nulls_equal=True)
    others = rows.join(known.select(ROW), on=ROW, how="anti", maintain_order="left")
    old = others.join(versions, on=CONTENT, how="semi", nulls_equal=True, maintain_order="left")
    read = old["file_sha256"].is_in(stored["file_sha256"].unique().implode())
    undone = reasons_of(old, [Finding(~read, "result", *SUPERSEDED)])
    return pl.concat([known.select(ROW), old.filter(read).select(ROW)]), undone


def _undeclared(rows: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """Set aside what takes back something that was read back, unless it says that it is a correction.

    Who reads back cannot see whether a workbook was corrected or is somebody else's copy.
    Filling in an empty cell and writing more into the note take nothing back.
    """
    both = beside_stored(rows, stored)
    declared = both["note"].str.contains(CORRECTION, literal=True).fill_null(value=False)
    return reasons_of(both, _taken_back(both.with_columns(declared=declared)))


def _taken_back(both: pl.DataFrame) -> Iterator[Finding]:
    words = LOOKBACKS.by_name["role"].meanings
    for name in CORRECTABLE:
        now, before = both[name], both[f"{name}{BEFORE}"]
        changed = now.is_null() if name == "note" else now.ne_missing(before)
        lost = before.is_not_null() & changed & ~both["declared"]
        if name == "role":
            pairs = (
                both.filter(lost & now.is_not_null())
                .select(before.name, now.name)
                .unique(maintain_order=True)
            )
            for old, new in pairs.iter_rows():
                reason = reason_and_step(OTHER_ROLE, old=words[old], new=words[new])
                yield Finding(lost & (before == old) & (now == new).fill_null(value=False), name, *reason)
            lost &= now.is_null()
        yield Finding(lost, name, *reason_and_step(CHANGED, zh=LOOKBACKS.by_name[name].zh))


def _apart(rows: pl.DataFrame, sheets: Sequence[Filled]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Keep one of the rows that say the same, and none of those that contradict each other.

    Returns
    -------
    kept, repeated, reasons : tuple of DataFrame
        Each reason against a row names the others.
    """
    distinct = rows.unique(CONTENT, keep="first", maintain_order=True)
    repeated = rows.select(ROW).join(distinct, on=ROW, how="anti")
    odd = distinct.filter(pl.struct(VISIT).is_duplicated())
    by_file = {one.file: one for one in sheets}
    reasons: list[tuple[str, int, str, str, str]] = []
    for _, group in odd.group_by(VISIT, maintain_order=True):
        where = {one: _place(by_file[one[0]], one[1]) for one in group.select(ROW).iter_rows()}
        for file, row in where:
            others = "、".join(place for one, place in where.items() if one != (file, row))
            reasons.append((file, row, "result", *reason_and_step(AT_ODDS, places=others)))
    return without_rows(distinct, odd), repeated, pl.DataFrame(reasons, schema=REASONS, orient="row")


def _place(filled: Filled, row: int) -> str:
    return f"{Path(filled.file).name} {place_of(filled, 'result', row)}"
