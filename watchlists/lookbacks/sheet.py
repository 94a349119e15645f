"""Read a filled workbook: which list it is of, and what was written into its look-back page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from openpyxl.utils import get_column_letter

from register.errors import ContractError, HuitouError, SourceError
from register.quarantine import Finding
from register.sources.delivery import Sheet
from register.sources.workbook import read_workbook
from watchlists.lookbacks.columns import column_faults, columns_of, own_columns
from watchlists.lookbacks.file import UNREADABLE, handed_in
from watchlists.lookbacks.meanings import contract_values
from watchlists.lookbacks.pages import (
    HEADINGS,
    Page,
    heading,
    list_faults,
    lists_of,
    lookback_pages,
    open_pages,
    page_faults,
)
from watchlists.lookbacks.written import written_cells

#: The yellow cells: what a visit writes down.
YELLOW = tuple(name for name in HEADINGS.values() if name != "household_id")
#: Where the household, the day and the result should stand, a row of headings has their names.
NAMING = ("household_id", "visited_on", "result")


@dataclass(frozen=True)
class Filled:
    """A workbook as it came back.

    Attributes
    ----------
    file : str
        Path as it was given, for messages.
    sha256 : str
        Of the file.
    season, list_id : str
        The list it was made from, whatever the file is called now.
    sheet : Sheet
        Columns of the contract as text, with the row numbers people see; one that the page
        lacks is missing throughout. A row without id and without anything in its yellow
        cells is none.
    page : str
        What the page is called now.
    letters : mapping of str to str
        Column of the contract -> its letter on the page.
    unread : tuple of str
        What was not read: columns of the office's own, comments, pictures.
    written : DataFrame
        What stood in every row, word for word (`watchlists.lookbacks.written`).
    raw, pages
        The whole file, and what was looked at in it: another page of it may be read.
    """

    file: str
    sha256: str
    season: str
    list_id: str
    sheet: Sheet
    page: str
    letters: Mapping[str, str]
    unread: tuple[str, ...]
    written: pl.DataFrame
    raw: bytes = field(default=b"", repr=False)
    pages: tuple[Page, ...] = ()

    @property
    def filled(self) -> pl.Series:
        """Mark the rows that have anything in a yellow cell."""
        written = pl.any_horizontal(pl.col(YELLOW).is_not_null())
        return self.sheet.frame.select(written.alias("filled"))["filled"]


def mark(season: str, list_id: str) -> str:
    """Write which list a workbook is of."""
    return f"{season}-{list_id}"


def read_filled(path: Path, passwords: Sequence[str] = ()) -> Filled:
    """Read a workbook that was filled in, sorted, filtered or saved by another program.

    The page is found by its headings, whatever it is called and whatever stands above
    them; columns by the Chinese part of their heading, in any order. Words of the
    drop-downs become codes and dates are written as YYYY-MM-DD, as far as they say which
    (`watchlists.lookbacks.meanings`).

    Parameters
    ----------
    path : Path
        .xlsx, .ods, or the page alone as CSV.
    passwords : sequence of str
        What a protected workbook may open with.

    Raises
    ------
    SourceError
        When the file cannot be read.
    ContractError
        When it does not say which list it is of, or its page cannot be read as it stands.
    """
    came = handed_in(path, passwords)
    opened = open_pages(path, came.workbook)
    season, list_id, page, header = _list_and_page(path, opened.pages)
    columns = columns_of(page.top[header])
    try:
        whole = read_workbook(path, came.workbook, page.title, header)
        sheet = _fields(whole, columns, season)
    except HuitouError as refused:
        raise SourceError(f"{path}: {UNREADABLE}") from refused
    letters = {field: get_column_letter(column) for field, column in columns.items()}
    unread = (*own_columns(page.top[header]), *came.unread, *opened.unread)
    written = written_cells(whole, page.top[header])
    return Filled(
        str(path),
        came.sha256,
        season,
        list_id,
        sheet,
        page.title,
        letters,
        unread,
        written,
        came.workbook,
        tuple(opened.pages),
    )


def _list_and_page(path: Path, pages: Sequence[Page]) -> tuple[str, str, Page, int]:
    """Find list, page and row of headings, or refuse with all that is to be mended at once."""
    candidates = lookback_pages(pages)
    faults = [*list_faults(pages), *page_faults(pages)]
    faults += [
        fault
        for page in candidates
        if len(candidates) == 1
        for fault in column_faults(page, page.header or 1)
    ]
    if faults:
        zh, en = "；".join(fault[0] for fault in faults), "; ".join(fault[1] for fault in faults)
        raise ContractError(f"{path}: {zh}；改好再交 / {en}")
    season, list_id = next(iter(lists_of(pages)))
    return season, list_id, candidates[0], candidates[0].header or 1


def _fields(sheet: Sheet, columns: Mapping[str, int], season: str) -> Sheet:
    """Keep the columns of the contract, under its names, and the rows that say anything."""
    column_of = {field: sheet.frame.columns[column - 1] for field, column in columns.items()}
    nothing = pl.Series([None] * len(sheet.rows), dtype=pl.String())
    cells = {
        field: sheet.frame[column_of[field]] if field in column_of else nothing for field in HEADINGS.values()
    }
    frame = pl.DataFrame({field: contract_values(field, texts, season) for field, texts in cells.items()})
    fields = {name: field for field, name in column_of.items()}
    findings = tuple(
        Finding(one.rows, fields[one.column], one.reason, one.next_step)
        for one in sheet.findings
        if one.column in fields
    )
    return Sheet(frame, sheet.rows, findings).where(_says(frame))


def _says(frame: pl.DataFrame) -> pl.Series:
    """Mark the rows that say anything; the headings again, from another page, say nothing."""
    empty = frame.select(pl.all_horizontal(pl.all().is_null()).alias("empty"))["empty"]
    again = [_repeats_headings(row) for row in frame.iter_rows(named=True)]
    return ~empty & ~pl.Series(again, dtype=pl.Boolean())


def _repeats_headings(row: Mapping[str, str | None]) -> bool:
    return all(heading(row[field] or "") == zh for zh, field in HEADINGS.items() if field in NAMING)
