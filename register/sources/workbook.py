"""Read one sheet of an .xlsx workbook as text: typed cells exactly, formulas never."""

import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

from register.cells.blanks import BLANKS
from register.cells.typed_cells import CELL_KINDS, LOST_DIGITS
from register.errors import HuitouError, SourceError
from register.quarantine import Finding
from register.sources.archive import as_expected, open_archive
from register.sources.book import load_book, parser_of, unescaped, zero_widths
from register.sources.cells import LARGEST_EXACT, kind_of, text_of
from register.sources.delivery import Sheet
from register.sources.header import BEYOND, check_names, safe_names

FORMULA = (
    "单元格是公式 / the cell is a formula",
    "粘贴为数值后重新导出 / paste it as a value and export again",
)
DOUBLED = (
    "单元格在文件中出现两次 / the cell stands twice in the file",
    "打开后另存为 .xlsx，核对该值 / open it, save it as .xlsx again and check the value",
)
BROKEN = (
    "错误值、时长或无效的值 / an error value, a duration or no valid value",
    "更正该单元格 / correct the cell",
)
BLOCK = 20_000


class _SheetBuilder:
    """Rows as they are read, column by column, with the cells that can not be trusted."""

    def __init__(self, path: Path, header: Sequence[str], widths: Mapping[int, int]) -> None:
        check_names(path, header)
        self._widths = widths
        self._path = path
        self._schema = dict.fromkeys(header, pl.String())
        self._kinds = dict.fromkeys(header, CELL_KINDS)
        self._blocks: list[tuple[pl.DataFrame, pl.DataFrame]] = []
        self._block: list[list[str | None]] = []
        self._block_kinds: list[list[str | None]] = []
        self._numbers: list[int] = []
        self._faults: dict[tuple[int, tuple[str, str]], list[int]] = defaultdict(list)

    def add(self, number: int, cells: Sequence[Mapping[str, Any]]) -> None:
        """Take one row in; a cell of blanks has no value."""
        row: list[str | None] = [None] * len(self._schema)
        kinds = row.copy()
        for cell in cells:
            text, fault = _read(cell["value"], cell["data_type"], self._widths.get(cell["style_id"], 0))
            if text is None:
                continue
            if cell["column"] > len(row):
                place = f"{get_column_letter(cell['column'])}{number}"
                raise SourceError(f"{self._path} cell {place}: {BEYOND}")
            if row[cell["column"] - 1] is not None:
                fault = DOUBLED
            row[cell["column"] - 1] = text
            kinds[cell["column"] - 1] = "date" if cell["data_type"] == "d" else kind_of(cell["value"])
            if fault:
                self._faults[cell["column"] - 1, fault].append(len(self._numbers))
        self._numbers.append(number)
        self._block.append(row)
        self._block_kinds.append(kinds)
        if len(self._block) == BLOCK:
            self._close()

    def sheet(self, notes: Sequence[str]) -> Sheet:
        """Give what was read."""
        self._close()
        rows = pl.Series(self._numbers, dtype=pl.UInt32)
        names = list(self._schema)
        findings = tuple(
            Finding(_mask(places, len(rows)), names[column], *fault)
            for (column, fault), places in self._faults.items()
        )
        frame, kinds = (pl.concat(blocks) for blocks in zip(*self._blocks, strict=True))
        return Sheet.of(frame, *notes, rows=rows, findings=findings, kinds=kinds)

    def _close(self) -> None:
        text = pl.DataFrame(self._block, schema=self._schema, orient="row")
        self._blocks.append((text, pl.DataFrame(self._block_kinds, schema=self._kinds, orient="row")))
        self._block, self._block_kinds = [], []


def read_workbook(path: Path, raw: bytes, sheet: str | None = None, header: int = 1) -> Sheet:
    """Read a sheet strictly as text.

    Parameters
    ----------
    path : Path
        For messages.
    raw : bytes
        The whole file.
    sheet : str, optional
        Name of the sheet; by default the only visible one that holds anything.
    header : int
        Row that names the columns; where it is blank, the first one beneath that is not.

    Returns
    -------
    Sheet
        Formulas, error values and long ids stored as numbers are findings against their
        rows. Dates come from typed cells exactly, in both calendars of Excel.

    Raises
    ------
    SourceError
        When the file is no whole workbook, expands beyond reason, defines entities, has
        merged cells from the header down, or several sheets to choose from.
    ContractError
        When a column name is empty or doubled.
    """
    with _whole(path, raw) as workbook:
        return _read_sheet(path, workbook, sheet, header)


def visible_sheets(path: Path, raw: bytes) -> list[str]:
    """Name the visible sheets that hold anything.

    Raises
    ------
    SourceError
        When the file is no whole workbook.
    """
    with _whole(path, raw) as workbook:
        sheets = load_book(workbook).worksheets
        return [unescaped(one.title) for one in sheets if one.sheet_state == "visible" and not _is_empty(one)]


@contextmanager
def _whole(path: Path, raw: bytes) -> Iterator[bytes]:
    """Give a workbook as its reader expects it; whatever its reader stumbles over is one refusal."""
    archive = open_archive(path, raw)
    try:
        with archive, warnings.catch_warnings():  # about styles and extensions, none about cells
            warnings.simplefilter("ignore")
            yield as_expected(archive, raw)
    except HuitouError:
        raise
    except Exception as fault:
        raise SourceError(
            f"{path}: not a readable workbook ({type(fault).__name__}); save it as .xlsx again or as CSV"
        ) from fault


def _read_sheet(path: Path, raw: bytes, sheet: str | None, header: int) -> Sheet:
    book = load_book(raw)
    chosen = _choose(path, book.worksheets, sheet)
    hidden = [one for one in book.worksheets if one.sheet_state != "visible"]
    notes = (
        [f"隐藏的工作表未读取 / hidden sheets not read: {', '.join(_titles(hidden, book.worksheets))}"]
        if hidden
        else []
    )
    with chosen._get_source() as source:
        parser = parser_of(chosen, source)
        builder = _read_rows(path, parser.parse(), header, zero_widths(book))
    _refuse_merged(path, parser, header)
    return builder.sheet(notes)


def _read_rows(
    path: Path, rows: Iterator[tuple[int, list[dict[str, Any]]]], header: int, widths: Mapping[int, int]
) -> _SheetBuilder:
    builder, last = None, 0
    for number, cells in rows:
        if number <= last:
            raise SourceError(f"{path} row {number}: stands after row {last}; save the file as .xlsx again")
        last = number
        if builder:
            builder.add(number, cells)
        elif number >= header and (names := _header(cells)):
            builder = _SheetBuilder(path, names, widths)
    return builder or _SheetBuilder(path, [], widths)


def _header(cells: Sequence[Mapping[str, Any]]) -> list[str]:
    named = {
        cell["column"]: unescaped(str(cell["value"])).strip(BLANKS)
        for cell in cells
        if cell["value"] is not None
    }
    last = max((column for column, name in named.items() if name), default=0)
    return [named.get(column, "") for column in range(1, last + 1)]


def _choose(path: Path, sheets: Sequence[ReadOnlyWorksheet], wanted: str | None) -> ReadOnlyWorksheet:
    visible = [one for one in sheets if one.sheet_state == "visible"]
    fitting = [one for one in visible if (unescaped(one.title) == wanted if wanted else not _is_empty(one))]
    if len(fitting) == 1 or (len(visible) == 1 and not wanted):
        return fitting[0] if fitting else visible[0]
    raise SourceError(
        f"{path}: found visible sheets {_titles(visible, sheets)}, wanted is "
        f"{wanted or 'exactly one that is not empty'}; name it in the mapping or remove the others"
    )


def _titles(meant: Sequence[ReadOnlyWorksheet], sheets: Sequence[ReadOnlyWorksheet]) -> list[str]:
    """Name sheets in a message; beside one that bears a person's number, by their places."""
    titles, every = ([unescaped(one.title) for one in some] for some in (meant, sheets))
    return safe_names(titles, every, kind="sheet")


def _is_empty(sheet: ReadOnlyWorksheet) -> bool:
    with sheet._get_source() as source:
        rows = parser_of(sheet, source).parse()
        texts = (_read(cell["value"], cell["data_type"], 0) for _, cells in rows for cell in cells)
        return all(text is None for text, _ in texts)


def _refuse_merged(path: Path, parser: WorkSheetParser, header: int) -> None:
    merged = [one.ref for one in parser.merged_cells.mergeCell] if parser.merged_cells else []
    within = [ref for ref in merged if range_boundaries(ref)[3] >= header]
    if within:
        raise SourceError(
            f"{path}: merged cells {', '.join(within[:5])}; only their first cell has a value: "
            "unmerge them, fill every cell, and give every column one name"
        )


def _read(value: object, kind: str, width: int) -> tuple[str | None, tuple[str, str] | None]:
    """Give a cell as text, None where it is blank, and why it can not be trusted, if so."""
    if kind == "f":
        return "=", FORMULA
    if value is None:
        return None, None
    if kind == "e" or not isinstance(value, str | bool | int | float | date):
        return "#", BROKEN
    if isinstance(value, str):
        text = unescaped(value)
        return (text if text.strip(BLANKS) else None), None
    too_long = isinstance(value, int | float) and abs(value) >= LARGEST_EXACT
    text = text_of(value) or ""
    return text.zfill(width) if text.isdigit() else text, LOST_DIGITS if too_long else None


def _mask(places: Sequence[int], length: int) -> pl.Series:
    return pl.Series([False] * length, dtype=pl.Boolean).scatter(places, values=True)
