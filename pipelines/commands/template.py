"""`huitou template FOLDER`: empty workbooks, one a table, that the folder source reads back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format

from register.atomic import atomic_path
from register.contract import Column, Table
from register.dictionary import COLUMN_HEADINGS, NAME_HEADINGS, column_cells, name_rows
from register.errors import StoreError
from register.ids.county_ids import refuse_county_id
from register.tables import TABLES
from watchlists.sheets.checked_book import MOST_ROWS, CheckedBook

#: Not beside the tables: a county's folder holds tables only.
GUIDE = "说明.xlsx"
WIDTHS = {"id": 20, "text": 24, "date": 13, "code": 18}
#: What Excel shows at most in the note of a cell.
MOST_TITLE, MOST_MESSAGE = 32, 255
NUMBERS = ("number", "money", "integer")
FLAGS = ["是", "否"]
_HEAD = {"bold": True, "border": 1, "font_color": "#FFFFFF", "num_format": "@"}
_GUIDE_WIDTHS = (14, 26, 24, 36, 18, 12, 16, 60, 22, 24, 80)


def write_templates(folder: Path, county_id: str) -> list[Path]:
    """Write an empty workbook for every register table, and a guide to all of them.

    Parameters
    ----------
    folder : Path
        Where a delivery is to be put together (``source.path``).
    county_id : str
        Names the sub-folder the tables go to.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    ContractError
        When no county may be called that.
    StoreError
        When one of the files exists: it may have been filled in.
    """
    refuse_county_id(county_id, "--county")
    books = {folder / county_id / f"{name}.xlsx": table for name, table in TABLES.items()}
    for path in (folder / GUIDE, *books):
        if path.exists():
            raise StoreError(f"{path}: already there and perhaps filled in; choose another folder")
    _write_guide(folder / GUIDE)
    for path, table in books.items():
        _write_table(path, table)
    return [folder / GUIDE, *books]


def _write_table(path: Path, table: Table) -> None:
    with atomic_path(path) as aside, CheckedBook(aside) as book:
        sheet = book.add_worksheet(table.name)
        head = {needed: _format(book, required=needed) for needed in (True, False)}
        text, plain = book.add_format({"num_format": "@"}), book.add_format()
        for place, column in enumerate(table.columns):
            width = max(WIDTHS.get(column.kind, 14), len(column.name) + 2)
            sheet.set_column(place, place, width, plain if column.kind in NUMBERS else text)
            sheet.write_string(0, place, column.name, head[column.required])
            sheet.write_comment(0, place, _note(column), {"x_scale": 2.5, "y_scale": 1.5})
            sheet.data_validation(1, place, MOST_ROWS, place, _rule(column))
        sheet.freeze_panes(1, 0)


def _rule(column: Column) -> dict[str, Any]:
    """Give what a cell may hold, and what a person reads on entering it."""
    title = f"{column.zh}{'（必填）' if column.required else ''}"[:MOST_TITLE]
    prompt = {"input_title": title, "input_message": _clipped(_hint(column))}
    wrong = {
        "error_title": "不在允许范围 not allowed",
        "error_message": "见说明.xlsx。See the guide 说明.xlsx.",
    }
    if column.meanings or column.kind == "flag":
        return {"validate": "list", "source": list(column.codes) or FLAGS, **prompt, **wrong}
    if column.kind in NUMBERS and (column.low is not None or column.high is not None):
        whole = "integer" if column.kind == "integer" else "decimal"
        return {"validate": whole, **_bounds(column), **prompt, **wrong}
    return {"validate": "any", **prompt}


def _bounds(column: Column) -> dict[str, Any]:
    if column.high is None:
        return {"criteria": ">=", "value": column.low}
    if column.low is None:
        return {"criteria": "<=", "value": column.high}
    return {"criteria": "between", "minimum": column.low, "maximum": column.high}


def _hint(column: Column) -> str:
    if column.meanings:
        return "; ".join(f"{code} {zh}" for code, zh in column.meanings.items())
    date = "如 2025-01-31。" if column.kind == "date" else ""
    return f"{date}{column.description or column.en}"


def _clipped(text: str) -> str:
    return text if len(text) <= MOST_MESSAGE else f"{text[: MOST_MESSAGE - 1]}…"


def _note(column: Column) -> str:
    needed = "必填 required" if column.required else "可空 may be empty"
    lines = (f"{column.zh} {column.en}", needed, column.unit, column.description)
    return "\n".join(line for line in lines if line)


def _write_guide(path: Path) -> None:
    with atomic_path(path) as aside, CheckedBook(aside) as book:
        columns = [
            [f"{table.name} {table.zh}", *column_cells(column)]
            for table in TABLES.values()
            for column in table.columns
        ]
        codes = [
            [table.name, column.name, code, zh]
            for table in TABLES.values()
            for column in table.columns
            for code, zh in column.meanings.items()
        ]
        tables = [[table.name, table.zh, table.en, table.description] for table in TABLES.values()]
        _guide_sheet(book, "说明", ("表 table", *COLUMN_HEADINGS), columns)
        _guide_sheet(book, "代码", ("表 table", "列 column", "代码 code", "含义"), codes)
        _guide_sheet(book, "表", ("表 table", "中文", "English", "一行是什么 what a row is"), tables)
        _guide_sheet(book, "名称", NAME_HEADINGS, name_rows())


def _guide_sheet(
    book: CheckedBook, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    sheet, head = book.add_worksheet(title), _format(book, required=True)
    cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for place, heading in enumerate(headings):
        sheet.set_column(place, place, _GUIDE_WIDTHS[place])
        sheet.write_string(0, place, heading, head)
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text.strip("`"), cell)
    sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    sheet.freeze_panes(1, 0)


def _format(book: CheckedBook, *, required: bool) -> Format:
    """Dark for what must be filled in, grey for the rest."""
    return book.add_format({**_HEAD, "bg_color": "#1F4E5F" if required else "#7A868C"})
