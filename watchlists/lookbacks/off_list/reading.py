"""Judge visits off the list: what is new, what was known, what cannot be taken, and why."""

from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from register.intake.casting import cast
from register.lookback_store import RECORDS
from register.quarantine import REASONS, Finding, reasons_of, without_rows
from register.seasons import season_end
from register.sources.delivery import RawTable
from register.tables.found_off_list import FOUND_OFF_LIST
from watchlists.lookbacks.changes import changes_of
from watchlists.lookbacks.off_list.household import Meant
from watchlists.lookbacks.off_list.page import OffList
from watchlists.lookbacks.off_list.words import LISTED
from watchlists.lookbacks.places import placed
from watchlists.lookbacks.reading import ReadBack, counts_of, ledger_of
from watchlists.lookbacks.rows import BLANK, JUDGED, day_findings
from watchlists.lookbacks.sheet import Filled
from watchlists.lookbacks.versions import ROW, as_before_where_unsaid
from watchlists.lookbacks.words import cell_findings, reason_and_step
from watchlists.release.store import Release

#: A page, the release it is of, and the household that each of its rows means.
Page = tuple[OffList, Release, Sequence[Meant]]


def judge_off_list(pages: Sequence[Page], stored: pl.DataFrame, recorded_on: date) -> ReadBack:
    """Judge pages of visits off the list together, as `watchlists.lookbacks.reading.judge` does look-backs.

    Parameters
    ----------
    pages : sequence of Page
        Each with the release it is of and what its rows mean
        (`watchlists.lookbacks.off_list.household.meant`).
    stored : DataFrame
        What earlier readings left (`register.off_list_store.OffListStore.records`).
    recorded_on : date
        When these are read back.

    Returns
    -------
    ReadBack
        A household that is on the list its page is of is set aside, with its place there: it counts
        as that visit only where it stands in the list's own row.
    """
    visits = [(off_list.under(_ids(homes)), release) for off_list, release, homes in pages]
    sheets = [one for one, _ in visits]
    done = [
        _rows(one, release, homes, recorded_on)
        for (one, release), (_, _, homes) in zip(visits, pages, strict=True)
    ]
    rows = pl.concat([pl.DataFrame(schema=JUDGED), *(frame for frame, _ in done)])
    spoilt = pl.concat([pl.DataFrame(schema=REASONS), *(reasons for _, reasons in done)])
    columns = {one.file: one.letters for one in sheets}
    sound = as_before_where_unsaid(without_rows(rows, spoilt), stored, columns)
    blank = pl.DataFrame(schema=BLANK)  # a row that says nothing is none, as no household waits for it
    changes = changes_of(sound, blank, stored, sheets)
    reasons = pl.concat([spoilt, changes.reasons])
    counted = counts_of(changes, reasons, blank)
    kept, ledger = changes.versions.select(list(RECORDS)), ledger_of(visits, counted)
    return ReadBack(kept, placed(reasons, sheets), placed(changes.remarks, sheets), ledger)


def _ids(homes: Sequence[Meant]) -> pl.Series:
    return pl.Series([one.household_id for one in homes], dtype=pl.String())


def _rows(
    visits: Filled, release: Release, homes: Sequence[Meant], recorded_on: date
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cast the visits of a page and say what is wrong with each row."""
    sheet = visits.sheet
    entered = sheet.frame.with_columns(
        season=pl.lit(visits.season), recorded_on=pl.lit(recorded_on.isoformat())
    )
    done = cast(RawTable(FOUND_OFF_LIST.name, visits.file, entered, sheet.rows), FOUND_OFF_LIST)
    # The register knows its ids: one that looks as if a spreadsheet had spoilt it may well be one of them.
    typed = done.frame.with_columns(sheet.frame["household_id"])
    days = day_findings(typed["visited_on"], season_end(visits.season), recorded_on)
    own = reasons_of(typed, [*_household_findings(homes, release), *cell_findings(sheet, typed), *days])
    # No officer has entered a recorded_on: a visit in the future is told of by its own column.
    further = done.reasons.filter(~pl.col("column").is_in(["household_id", "recorded_on"]))
    reasons = pl.concat([own, further.join(own, on=[*ROW, "column"], how="anti", maintain_order="left")])
    whence = {"source_kind": release.source_kind, "list_id": visits.list_id, "file_sha256": visits.sha256}
    counties = pl.Series([one.county_id for one in homes], dtype=pl.String())
    whole = {name: pl.lit(one, pl.String) for name, one in {**whence, "withdrawn_by": None}.items()}
    judged = typed.with_columns(counties.alias("county_id"), **whole)
    return judged.select(list(JUDGED)), reasons


def _household_findings(homes: Sequence[Meant], release: Release) -> Iterator[Finding]:
    """Say of each row why no household could be made out, or where on the list it stands."""
    for place, one in enumerate(homes):
        reason = one.reason or _listed(one.household_id, release.list)
        if reason:
            only = pl.Series([other == place for other in range(len(homes))], dtype=pl.Boolean())
            yield Finding(only, "household_id", *reason)


def _listed(household_id: str | None, listed: pl.DataFrame) -> tuple[str, str] | None:
    rows = listed.filter(pl.col("household_id") == household_id).select("county_id", "township_id", "rank")
    if rows.is_empty():
        return None
    county, township, rank = rows.row(0)
    return reason_and_step(LISTED, place=f"{county} {township} ", rank=rank)
