"""Cells that came in another format, written as the .xlsx workbook they would have been saved as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import InvalidWorksheetName
from xlsxwriter.worksheet import Worksheet

from watchlists.sheets.checked_book import OPTIONS

#: First day that a workbook has a number for (ECMA-376 part 1, 18.17.4.1).
FIRST_YEAR = 1900
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
#: First and last row and column, counted from nought.
Area = tuple[int, int, int, int]


class Formula:
    """What stands in a cell that works its value out: never read, so what it says is not kept."""


Value = str | bool | int | float | date | datetime | Formula


@dataclass(frozen=True)
class CellPage:
    """A page as any format has it.

    Attributes
    ----------
    title : str
    visible : bool
    cells : mapping of (int, int) to value
        Row and column, counted from nought -> what stands there; empty cells are absent.
    merged : sequence of (int, int, int, int)
        First row, first column, last row, last column.
    """

    title: str
    visible: bool
    cells: Mapping[tuple[int, int], Value]
    merged: Sequence[Area] = ()


def workbook_of(pages: Sequence[CellPage]) -> bytes:
    """Write pages as a workbook.

    Raises
    ------
    ValueError
        When a sheet of a workbook has no room for a cell, or a cell none for its text:
        nothing is cut off.
    """
    made = BytesIO()
    book = Workbook(made, OPTIONS)
    sheets = [(_sheet(book, number, page), page) for number, page in enumerate(pages, 1)]
    for sheet, _ in [one for one in sheets if one[1].visible][:1]:
        sheet.activate()  # the first sheet is shown, hidden or not, where no other is in front
    formats = {one: book.add_format({"num_format": one}) for one in (DAY, MOMENT)}
    for sheet, page in sheets:
        for area in page.merged:
            sheet.merge_range(*area, "")
        for (row, column), value in page.cells.items():
            if _write(sheet, row, column, value, formats) < 0:
                raise ValueError(f"no room at {row}, {column}")
    book.close()
    return made.getvalue()


def _sheet(book: Workbook, number: int, page: CellPage) -> Worksheet:
    """Add a page under its own title, or under its number where a workbook could not have that title."""
    try:
        sheet = book.add_worksheet(page.title)
    except InvalidWorksheetName:
        sheet = book.add_worksheet(f"第{number}页")
    if not page.visible:
        sheet.hide()
    return sheet


def _write(sheet: Worksheet, row: int, column: int, value: Value, formats: Mapping[str, object]) -> int:
    match value:
        case Formula():
            answer = sheet.write_formula(row, column, "=0")
        case bool():
            answer = sheet.write_boolean(row, column, value)
        case int() | float():
            answer = sheet.write_number(row, column, value)
        case date() if value.year >= FIRST_YEAR:
            style = MOMENT if isinstance(value, datetime) else DAY
            answer = sheet.write_datetime(row, column, value, formats[style])
        case _:
            answer = sheet.write_string(row, column, str(value))
    return int(answer)
