"""`huitou template FOLDER`: workbooks to fill in, one a table, that the folder source reads back."""

from collections.abc import Sequence
from pathlib import Path

from xlsxwriter.format import Format

from pipelines.commands.template_hints import NUMBERS, note, rule
from register.atomic import atomic_path
from register.cells.width import text_width
from register.contract import Table
from register.dictionary import COLUMN_HEADINGS, NAME_HEADINGS, column_cells, name_rows
from register.errors import StoreError
from register.ids.county_ids import refuse_county_id
from register.sources.example_row import EXAMPLE, example
from register.tables import TABLES
from watchlists.sheets.checked_book import MOST_ROWS, CheckedBook, CheckedSheet

#: Not beside the tables: a county's folder holds tables only.
GUIDE = "说明.xlsx"
WIDTHS = {"id": 20, "text": 24, "date": 13, "code": 18, "codes": 24}
NOTE = {"x_scale": 2.5, "y_scale": 1.5}
ABOUT_EXAMPLE = (
    f"{EXAMPLE}行：照此格式从下一行填起。可留可删，不会读入；不要改它来填真实数据。\n"
    "An example: fill in like this from the next row on. Keep or delete it, it is never read; do not write "
    "real data over it."
)
_HEAD = {"bold": True, "border": 1, "font_color": "#FFFFFF", "num_format": "@", "text_wrap": True}
_EXAMPLE = {"italic": True, "font_color": "#9AA3AA", "bg_color": "#F2F4F5"}
_GUIDE_WIDTHS = (14, 26, 24, 36, 18, 12, 16, 60, 22, 24, 80)


def write_templates(folder: Path, county_id: str) -> list[Path]:
    """Write a workbook to fill in for every register table, and a guide to all of them.

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
        sheet = book.add_worksheet(table.zh)
        head = {needed: _format(book, required=needed) for needed in (True, False)}
        text, plain = book.add_format({"num_format": "@"}), book.add_format()
        for place, column in enumerate(table.columns):
            width = max(WIDTHS.get(column.kind, 14), text_width(column.zh) + 2, len(column.name) + 2)
            sheet.set_column(place, place, width, plain if column.kind in NUMBERS else text)
            sheet.write_string(0, place, f"{column.zh} {column.name}", head[column.required])
            sheet.write_comment(0, place, note(column), NOTE)
            sheet.data_validation(1, place, MOST_ROWS, place, rule(column))
        _write_example(book, sheet, table)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 0)


def _write_example(book: CheckedBook, sheet: CheckedSheet, table: Table) -> None:
    """Show in row 2 how the table is filled in, plainly an example."""
    number, text = book.add_format(_EXAMPLE), book.add_format({**_EXAMPLE, "num_format": "@"})
    for place, (name, value) in enumerate(example(table).items()):
        if table.by_name[name].kind in NUMBERS:
            sheet.write_number(1, place, float(value), number)
        elif value:
            sheet.write_string(1, place, value, text)
    sheet.write_comment(1, 0, ABOUT_EXAMPLE, NOTE)


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
