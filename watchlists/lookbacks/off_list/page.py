"""The page of visits off the list: who was visited, as it was written, and what was found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
from openpyxl.utils import get_column_letter

from register.cells.blanks import trimmed
from register.errors import ContractError, HuitouError, SourceError
from register.quarantine import Finding
from register.sources.delivery import Sheet
from register.sources.workbook import read_workbook
from watchlists.lookbacks.columns import column_faults, columns_of
from watchlists.lookbacks.file import UNREADABLE
from watchlists.lookbacks.meanings import contract_values
from watchlists.lookbacks.pages import HEADINGS, Fault, Page, heading
from watchlists.lookbacks.sheet import Filled
from watchlists.sheets.sheet_words import HOUSEHOLDER, OFF_LIST_COLUMNS, OFF_LIST_SHEET

#: What names a household beside its id: Chinese heading -> column.
NAMES = {zh: field for field, zh, *_ in OFF_LIST_COLUMNS if field in ("head", "village")}


@dataclass(frozen=True)
class OffList:
    """A page of visits off the list.

    Attributes
    ----------
    visits : Filled
        As a look-back page is read; ``household_id`` as it was written, missing where it was not.
    names : DataFrame
        ``head``, ``village``, row by row beside it.
    """

    visits: Filled
    names: pl.DataFrame

    @property
    def who(self) -> pl.DataFrame:
        """Whom the rows mean, as written: ``household_id``, ``head``, ``village``."""
        return self.names.with_columns(self.visits.sheet.frame["household_id"])

    def under(self, household_ids: pl.Series) -> Filled:
        """Give the visits under the ids of the households that were meant."""
        sheet = self.visits.sheet
        named = sheet.frame.with_columns(household_ids.alias("household_id"))
        return replace(self.visits, sheet=replace(sheet, frame=named))


def off_list_page(filled: Filled) -> OffList | None:
    """Read the page of visits off the list; None where there is none, as in older workbooks.

    Parameters
    ----------
    filled : Filled
        The workbook, its look-back page read.

    Returns
    -------
    OffList or None
        Rows that say nothing are none.

    Raises
    ------
    ContractError
        When the page cannot be read as it stands, or there are several.
    SourceError
        When the file cannot be read.
    """
    pages = [one for one in filled.pages if one.off_list_header or one.title == OFF_LIST_SHEET]
    faults = [*_several(pages), *(fault for page in pages for fault in _faults(page))]
    if faults:
        zh, en = "；".join(fault[0] for fault in faults), "; ".join(fault[1] for fault in faults)
        raise ContractError(f"{filled.file}: “{OFF_LIST_SHEET}”：{zh}；改好再交 / {OFF_LIST_SHEET}: {en}")
    return next((_read(filled, page, page.off_list_header) for page in pages if page.off_list_header), None)


def _several(pages: Sequence[Page]) -> Iterator[Fault]:
    if len(pages) > 1:
        yield (
            f"这样的页共{len(pages)}页，请把内容并到一页，其余删去",
            f"there are {len(pages)} such sheets: bring the rows together on one and delete the others",
        )


def _faults(page: Page) -> Iterator[Fault]:
    header = page.off_list_header
    if header is None:
        if page.top or page.below:
            yield (
                f"没有“{HOUSEHOLDER}、走访日期、核实结果”等标题，请把那一行标题恢复成发放时的原字",
                f"headings {HOUSEHOLDER}, 走访日期, 核实结果 are gone: put them back as they were handed out",
            )
        return
    if not page.visible:
        yield "该页隐藏，请取消隐藏", "the sheet is hidden: unhide it"
    names = {heading(text) for text in page.top[header].values()}
    for zh in NAMES.keys() - names:
        yield f"缺少“{zh}”列，请恢复发放时的标题", f"there is no column {zh}: put the heading back"
    yield from column_faults(page, header)


def _read(filled: Filled, page: Page, header: int) -> OffList:
    try:
        sheet = read_workbook(Path(filled.file), filled.raw, page.title, header)
    except HuitouError as refused:
        raise SourceError(f"{filled.file}: {UNREADABLE}") from refused
    headings = page.top[header]
    named = {NAMES[zh]: place for place, text in headings.items() if (zh := heading(text)) in NAMES}
    columns = columns_of(headings)
    visits, names = (
        _cells(sheet, columns, list(HEADINGS.values())),
        _cells(sheet, named, list(NAMES.values())),
    )
    frame = pl.DataFrame(
        {field: contract_values(field, visits[field], filled.season) for field in visits.columns}
    )
    fields = {sheet.frame.columns[place - 1]: field for field, place in {**named, **columns}.items()}
    findings = tuple(
        Finding(one.rows, _told_at(fields[one.column]), one.reason, one.next_step)
        for one in sheet.findings
        if one.column in fields
    )
    says = _says(pl.concat([visits, names], how="horizontal"))
    letters = {field: get_column_letter(place) for field, place in columns.items()}
    kept = Sheet(frame, sheet.rows, findings).where(says)
    read = replace(filled, sheet=kept, page=page.title, letters=letters, unread=(), raw=b"", pages=())
    return OffList(read, names.filter(says))


def _told_at(field: str) -> str:
    """Say at which cell a fault is told: that of a name at the household's."""
    return "household_id" if field in NAMES.values() else field


def _cells(sheet: Sheet, columns: Mapping[str, int], wanted: Iterable[str]) -> pl.DataFrame:
    """Give the wanted columns under their names, blanks around cut off; one that is not there is missing."""
    nothing = pl.Series([None] * len(sheet.rows), dtype=pl.String())
    texts = {
        field: sheet.frame[sheet.frame.columns[columns[field] - 1]] if field in columns else nothing
        for field in wanted
    }
    return pl.DataFrame(texts).select(trimmed(pl.col(field)).alias(field) for field in wanted)


def _says(cells: pl.DataFrame) -> pl.Series:
    """Mark the rows that say anything; the headings again, from another page, say nothing."""
    holds = cells.select(pl.any_horizontal(pl.all().is_not_null()).alias("holds"))["holds"]
    return holds & (cells["head"].fill_null("").map_elements(heading, pl.String()) != HOUSEHOLDER)
