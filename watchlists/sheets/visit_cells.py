"""The yellow cells of a visit: what may be chosen, and what a reader may do around them."""

from datetime import datetime

from register.tables.lookbacks import LOOKBACKS
from watchlists.language import Language, choices
from watchlists.sheets.checked_book import CheckedSheet
from watchlists.sheets.sheet_words import Columns

#: In a protected sheet a reader may still widen, filter and sort.
FREEDOMS = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}
WRONG = {
    "error_title": "请从列表选择 choose from the list",
    "error_message": "只能选择列表中的值。Only listed values.",
}
#: Several words are typed, which a list to choose from takes after a warning.
SEVERAL_WORDS = {
    "error_type": "warning",
    "error_title": "可写几个 several words",
    "error_message": (
        "可写列表中的几个词，用“、”隔开，如 因病、因残。Several listed words, parted by 、 are taken."
    ),
}
#: A cell has no zone.
SINCE = {"validate": "date", "criteria": ">=", "value": datetime(2000, 1, 1)}  # noqa: DTZ001
DAY = {"error_message": "请填日期，如 2026-01-31。Enter a date such as 2026-01-31."}


def choose_words(sheet: CheckedSheet, last: int, columns: Columns, language: Language) -> None:
    """Let the cells below the header, to row `last`, hold words of the drop-down lists and days only."""
    for place, (name, *_) in enumerate(columns):
        column = LOOKBACKS.by_name.get(name)
        if column and column.meanings:
            choose = {"validate": "list", "source": choices(column, language)}
            otherwise = SEVERAL_WORDS if column.most else WRONG
            sheet.data_validation(1, place, last, place, {**choose, **otherwise})
        elif name == "visited_on":
            sheet.data_validation(1, place, last, place, {**SINCE, **DAY})
