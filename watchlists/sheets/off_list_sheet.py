"""The sheet of visits off the list: empty rows for households that nobody listed."""

from collections.abc import Mapping
from typing import Any

from watchlists.language import Language
from watchlists.sheets.checked_book import CheckedBook
from watchlists.sheets.sheet_drawing import printed, table_sheet
from watchlists.sheets.sheet_words import OFF_LIST_COLUMNS, OFF_LIST_SHEET
from watchlists.sheets.visit_cells import FREEDOMS, choose_words

#: Who needs more goes on below them; every row that says anything is read.
ROWS = 10
#: Points, so that there is room to write by hand.
HEIGHT = 30


def off_list_sheet(
    book: CheckedBook, styles: Mapping[str, Any], title: str, footer: str, language: Language
) -> None:
    """Add the sheet, its yellow cells open, its rows high enough to write into on paper.

    Parameters
    ----------
    book, styles
        See `watchlists.sheets.sheet_drawing.workbook`.
    title, footer : str
        On every printed page.
    language : str
        Of the words to choose from.
    """
    rows = [{"number": number} for number in range(1, ROWS + 1)]
    sheet, last = table_sheet(book, styles, OFF_LIST_SHEET, rows, OFF_LIST_COLUMNS, language)
    for row in range(1, last + 1):
        sheet.set_row(row, HEIGHT)
    choose_words(sheet, last, OFF_LIST_COLUMNS, language)
    sheet.freeze_panes(1, [name for name, *_ in OFF_LIST_COLUMNS].index("head") + 1)
    sheet.protect("", FREEDOMS)
    printed(sheet, title, footer)
