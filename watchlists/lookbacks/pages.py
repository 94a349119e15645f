"""The pages of a workbook that came back: which one is the look-back, and where its headings stand."""

import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from register.cells.blanks import BLANKS
from register.errors import SourceError
from register.sources.archive import as_expected, open_archive
from register.sources.book import load_book, parser_of, unescaped
from register.tables.lookbacks import LOOKBACKS
from watchlists.lookbacks.file import UNREAD, UNREADABLE
from watchlists.lookbacks.marks import MARKED
from watchlists.sheets.sheet_words import (
    GUIDE_SHEET,
    HOUSEHOLDER,
    LIST_MARK,
    LOOKBACK_COLUMNS,
    LOOKBACK_SHEET,
    OFF_LIST_SHEET,
)

#: Chinese heading -> column of the contract.
HEADINGS = {zh: name for name, zh, *_ in LOOKBACK_COLUMNS if name in LOOKBACKS.by_name}
#: What stands in the way of reading, and what to do about it: Chinese, English.
Fault = tuple[str, str]
#: Titles and notes that offices put above a table take a few rows, never more.
HEADER_WITHIN = 20
#: The list shares one heading with the look-back; three are no chance, and no list has these two.
ENOUGH_HEADINGS, TELLING = 3, {"户编号", "核实结果"}
#: Where programs keep comments and pictures (ECMA-376 part 1, 12.3 and 15).
BESIDE_CELLS = ("xl/comments", "xl/threadedComments", "xl/media/")


@dataclass(frozen=True)
class Page:
    """What is looked at in a sheet before it is read.

    Attributes
    ----------
    title : str
    visible : bool
    top : mapping of int to mapping of int to str
        Its first `HEADER_WITHIN` rows: row -> column -> text; empty cells are absent.
    below : mapping of int to int
        Column -> the first row under those that has something in it.
    marks : frozenset of (season, list id)
    merged : tuple of str
        Ranges such as ``E2:E4``.
    """

    title: str
    visible: bool
    top: Mapping[int, Mapping[int, str]]
    below: Mapping[int, int]
    marks: frozenset[tuple[str, str]]
    merged: tuple[str, ...]

    @property
    def header(self) -> int | None:
        """First row that has the headings of the look-back; None where no row has."""
        return None if self.title == OFF_LIST_SHEET else self._header(off_list=False)

    @property
    def off_list_header(self) -> int | None:
        """The same of visits off the list."""
        return self._header(off_list=True)

    def _header(self, *, off_list: bool) -> int | None:
        rows = (row for row, cells in sorted(self.top.items()) if _names_columns(cells, off_list=off_list))
        return next(rows, None)


@dataclass(frozen=True)
class Pages:
    """A workbook's pages, and what it holds that is not read."""

    pages: tuple[Page, ...]
    unread: tuple[str, ...]


def heading(text: str) -> str:
    r"""Give the Chinese part of a heading, which stands before the first blank or line break.

    Examples
    --------
    >>> heading("走访日期\nvisited on"), heading(" 备注　")
    ('走访日期', '备注')
    """
    return next(iter(unicodedata.normalize("NFKC", text).split()), "")


def open_pages(path: Path, raw: bytes) -> Pages:
    """Look at every sheet of a workbook.

    Raises
    ------
    SourceError
        When it is no workbook that can be read.
    """
    try:
        with open_archive(path, raw) as archive, warnings.catch_warnings():  # about styles, none about cells
            warnings.simplefilter("ignore")
            book = load_book(as_expected(archive, raw))
            opened = Pages(tuple(_page(sheet) for sheet in book.worksheets), _beside(archive))
    except Exception as fault:
        raise SourceError(f"{path}: {UNREADABLE}") from fault
    if not opened.pages:
        raise SourceError(f"{path}: {UNREADABLE}")
    return opened


def lists_of(pages: Sequence[Page]) -> frozenset[tuple[str, str]]:
    """Find season and id of the lists that a workbook says it is of, on whatever page."""
    return frozenset[tuple[str, str]]().union(*(page.marks for page in pages))


def list_faults(pages: Sequence[Page]) -> Iterator[Fault]:
    """Say what to do where a workbook names no list, or several."""
    lists = lists_of(pages)
    if not lists:
        yield (
            f"看不出是哪份名单的，“{LIST_MARK}”列和“{GUIDE_SHEET}”页都不在：把发放给您的工作簿的“{GUIDE_SHEET}”页整页复制进来",
            (
                f"it does not say its list, column {LIST_MARK} and sheet {GUIDE_SHEET} are both gone: copy "
                f"the whole sheet {GUIDE_SHEET} of the workbook that was handed out into it"
            ),
        )
    elif len(lists) > 1:
        named = "、".join(f"{season}-{list_id}" for season, list_id in sorted(lists))
        yield (
            f"有{len(lists)}份名单的编号（{named}）：只留一份名单的行和“{GUIDE_SHEET}”页，别的填回它自己的工作簿",
            (
                f"found the ids of {len(lists)} lists ({named}): keep the rows and the sheet {GUIDE_SHEET} "
                "of one, enter the others in their own workbook"
            ),
        )


def lookback_pages(pages: Sequence[Page]) -> list[Page]:
    """Find the pages with the headings of the look-back, whatever they are called."""
    return [page for page in pages if page.header]


def page_faults(pages: Sequence[Page]) -> Iterator[Fault]:
    """Say what to do where not one page, and that a visible one, has the headings of the look-back."""
    candidates = lookback_pages(pages)
    hidden = sum(not page.visible for page in candidates)
    if not candidates:
        yield (
            f"没有一页在前{HEADER_WITHIN}行有“{LOOKBACK_SHEET}”的各列标题（户编号、走访日期、核实结果等），请把那一行标题恢复成发放时的原字",
            (
                f"no sheet has within {HEADER_WITHIN} rows the headings of {LOOKBACK_SHEET} "
                "(户编号, 走访日期, 核实结果 and so on): put that row of headings back as it was handed out"
            ),
        )
    elif len(candidates) > 1 or hidden:
        yield (
            f"有“{LOOKBACK_SHEET}”标题的页共{len(candidates)}页，其中隐藏{hidden}页：请把结果并到一页，取消隐藏，其余删去",
            (
                f"{len(candidates)} sheets have the headings of {LOOKBACK_SHEET}, {hidden} of them hidden: "
                "bring the results together on one, unhide it and delete the others"
            ),
        )


def _page(sheet: ReadOnlyWorksheet) -> Page:
    top: dict[int, dict[int, str]] = {}
    below: dict[int, int] = {}
    marks = set()
    with sheet._get_source() as source:
        parser = parser_of(sheet, source)
        for number, cells in parser.parse():
            for column, text in ((cell["column"], _text(cell["value"])) for cell in cells):
                if text and number <= HEADER_WITHIN:
                    top.setdefault(number, {})[column] = text
                elif text:
                    below.setdefault(column, number)
                if match := MARKED.fullmatch(text):
                    marks.add((match[1], match[2]))
    merged = tuple(one.ref for one in parser.merged_cells.mergeCell) if parser.merged_cells else ()
    return Page(unescaped(sheet.title), sheet.sheet_state == "visible", top, below, frozenset(marks), merged)


def _names_columns(cells: Mapping[int, str], *, off_list: bool) -> bool:
    names = {heading(text) for text in cells.values()}
    known = HEADINGS.keys() & names
    is_visits = len(known) >= ENOUGH_HEADINGS or known >= TELLING
    return is_visits and (HOUSEHOLDER in names) == off_list


def _text(value: object) -> str:
    return "" if value is None else unescaped(str(value)).strip(BLANKS)


def _beside(archive: zipfile.ZipFile) -> tuple[str, ...]:
    names = [member.filename.replace("\\", "/") for member in archive.infolist()]
    return (UNREAD,) if any(name.startswith(BESIDE_CELLS) for name in names) else ()
