"""The rows of one workbook that came back, held against the contract and against its list."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from register.intake.casting import cast
from register.lookback_store import RECORDS, WITHDRAWN
from register.quarantine import Finding, reasons_of
from register.seasons import season_end
from register.sources.delivery import RawTable, Sheet
from register.tables.lookbacks import LOOKBACKS
from watchlists.lookbacks.sheet import Filled
from watchlists.lookbacks.strays import stray_findings
from watchlists.lookbacks.versions import LISTED, ROW
from watchlists.lookbacks.words import BEFORE_LIST, NOT_YET, SHARED, cell_findings, reason_and_step
from watchlists.release.store import Release

#: Counties may share the ids of townships.
TOWNSHIP = ["county_id", "township_id"]
JUDGED = {**RECORDS, "file": pl.String(), "row": pl.UInt32()}
BLANK = {**dict.fromkeys([*LISTED, "file"], pl.String()), "row": pl.UInt32()}


def filled_rows(filled: Filled, release: Release, recorded_on: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cast the rows that are filled in and hold them against the list.

    Parameters
    ----------
    filled : Filled
    release : Release
        The one it is of.
    recorded_on : date
        When it is read back.

    Returns
    -------
    rows, reasons : tuple of DataFrame
        `JUDGED`, bad cells missing; `register.quarantine.REASONS` against them.
    """
    sheet = filled.sheet.where(filled.filled)
    frame = sheet.frame.with_columns(
        season=pl.lit(filled.season), recorded_on=pl.lit(recorded_on.isoformat())
    )
    done = cast(RawTable(LOOKBACKS.name, filled.file, frame, sheet.rows), LOOKBACKS)
    # The list knows its ids: one that looks as if a spreadsheet had spoilt it may well be one of them.
    listed = _listed(done.frame.with_columns(sheet.frame["household_id"]), release)
    days = season_end(filled.season), recorded_on
    own = reasons_of(listed, [*_findings(sheet, listed, release), *day_findings(listed["visited_on"], *days)])
    # No officer has entered a recorded_on: a visit in the future is told of by its own column.
    further = done.reasons.filter(~pl.col("column").is_in(["household_id", "recorded_on"]))
    # Which visit is withdrawn need not be said where there is one: no day is missing there.
    undated = listed.filter(pl.col("result").eq_missing(WITHDRAWN), sheet.frame["visited_on"].is_null())
    further = further.join(
        undated.select(*ROW, column=pl.lit("visited_on")),
        on=[*ROW, "column"],
        how="anti",
        maintain_order="left",
    )
    reasons = pl.concat([own, further.join(own, on=[*ROW, "column"], how="anti", maintain_order="left")])
    whence = {"source_kind": release.source_kind, "list_id": filled.list_id, "file_sha256": filled.sha256}
    # Whoever withdraws in a sheet is known by role; a name stands with `huitou visits withdraw` alone.
    whole = {**whence, "withdrawn_by": None}
    judged = listed.with_columns(pl.lit(value, pl.String).alias(name) for name, value in whole.items())
    return judged.select(list(JUDGED)), reasons


def blank_rows(filled: Filled, release: Release) -> pl.DataFrame:
    """Give the rows that are not filled in (`BLANK`)."""
    sheet = filled.sheet.where(~filled.filled)
    whence = {"source_kind": release.source_kind, "list_id": filled.list_id, "file": filled.file}
    rows = sheet.frame.with_columns(
        sheet.rows.alias("row"), **{name: pl.lit(one) for name, one in whence.items()}
    )
    return rows.select(list(BLANK))


def of_other_townships(filled: Filled, release: Release) -> int:
    """Count the listed rows of a workbook that are not of the township most of them are of."""
    counts = _by_township(filled, release)["len"].to_list()
    return sum(counts) - max(counts, default=0)


def township_of(filled: Filled, release: Release) -> tuple[str, str] | None:
    """Give county and township that most listed rows of a workbook are of; None where none is listed."""
    counts = _by_township(filled, release)
    return counts.select(TOWNSHIP).row(0) if len(counts) else None


def _by_township(filled: Filled, release: Release) -> pl.DataFrame:
    places = release.list.select("household_id", *TOWNSHIP).unique("household_id", keep="none")
    counts = filled.sheet.frame.join(places, on="household_id").group_by(TOWNSHIP).len()
    return counts.sort("len", *TOWNSHIP, descending=[True, False, False])


def _listed(rows: pl.DataFrame, release: Release) -> pl.DataFrame:
    """Say of every household in which county and how many times it is on the list."""
    places = release.list.group_by("household_id").agg(pl.first("county_id"), times=pl.len())
    return rows.join(places, on="household_id", how="left", maintain_order="left")


def _findings(sheet: Sheet, listed: pl.DataFrame, release: Release) -> Iterator[Finding]:
    yield from cell_findings(sheet, listed)
    stray = listed["household_id"].is_not_null() & listed["county_id"].is_null()
    yield from stray_findings(listed["household_id"], stray, release.list)
    yield Finding((listed["times"] > 1).fill_null(value=False), "household_id", *SHARED)


def day_findings(visited_on: pl.Series, listed_on: date, recorded_on: date) -> Iterator[Finding]:
    """Say which visits are from before the list, or from after the day they are read back."""
    early = (visited_on < listed_on).fill_null(value=False)
    late = (visited_on > recorded_on).fill_null(value=False)
    yield Finding(early, "visited_on", *reason_and_step(BEFORE_LIST, day=listed_on))
    yield Finding(late, "visited_on", *reason_and_step(NOT_YET, day=recorded_on))
