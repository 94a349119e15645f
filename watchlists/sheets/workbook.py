"""One workbook a township: whom to visit, how to read it, and what the visit found."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from register.errors import ParamsError
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.label_wording import LabelWording
from watchlists.language import Language, in_language
from watchlists.sheets.checked_book import MOST_ROWS, CheckedBook, CheckedSheet
from watchlists.sheets.off_list_sheet import off_list_sheet
from watchlists.sheets.sheet_drawing import guide_sheet, printed, table_sheet, workbook
from watchlists.sheets.sheet_words import (
    LIST_SHEET,
    LOOKBACK_SHEET,
    MARK,
    Columns,
    guide,
    list_columns,
    lookback_columns,
)
from watchlists.sheets.visit_cells import FREEDOMS, choose_words
from watchlists.sheets.visited import VISITED, close_visited, visits_guide, with_visited

FOOTER = ("评分是走访的理由，不是决定", "A score is a reason to visit, not a decision")
#: What says whose row it is: it stays in sight.
WHO = ("head", "household_id")
#: Fields that hold several texts, and whether each has a line of its own.
SEVERAL = ("now", "standing", "check", "help", "fits")
#: Of the list, the last columns that are printed.
LAST_PRINTED = ("fits", VISITED[0])
BAR = {"type": "data_bar", "bar_solid": True, "bar_color": "#E08E45", "min_type": "num", "max_type": "num"}


def write_workbook(
    target: Path,
    rows: Sequence[Mapping[str, Any]],
    title: str,
    mark: str,
    wording: LabelWording,
    line: tuple[str, str],
    language: Language,
    *,
    named: bool = False,
    gone: int = 0,
) -> None:
    """Write a township's workbook.

    Parameters
    ----------
    target : Path
        The .xlsx file.
    rows : sequence of mapping
        Its listed households in visiting order, from `watchlists.reasons.household_view`.
    title : str
        Place and season, on every printed page.
    mark : str
        Which list it is of (`watchlists.lookbacks.sheet.mark`): however the file is called
        when it comes back, this says what it is.
    wording : LabelWording
        What the outcome is called.
    line : (str, str)
        The line used (`watchlists.line_words.line_used`).
    language : str
        That of `rows`, and of the words to choose from.
    named : bool
        Whether the rows also carry ``number``, ``head``, ``phone`` and ``address``
        (`watchlists.sheets.identified`).
    gone : int
        How many left the list since visits of the season found them moved away or helped.

    Raises
    ------
    ParamsError
        When more are listed than a sheet has rows: what is handed back is read from one.
    """
    if len(rows) > MOST_ROWS:
        raise ParamsError(
            f"watchlist.capacity: {title} lists {len(rows):,} households, a workbook holds {MOST_ROWS:,}; "
            "lower the visits of this place in watchlist.capacity"
        )
    texts = [{**row, **{name: together(row[name]) for name in SEVERAL}, "list_mark": mark} for row in rows]
    with workbook(target, title) as (book, styles):
        columns = with_visited(list_columns(wording, named=named), texts, "fits")
        _list_sheet(book, styles, texts, title, columns, language)
        duties = sum(row["listed_by"] == "rule" for row in rows)
        used = wording.worded(line[0]), wording.worded(line[1])
        how = (*visits_guide(rows, gone), *guide(wording, len(rows), duties, ordered=_is_ordered(rows)))
        titles = ("怎样读这份名单", "How to read this list")
        guide_sheet(book, styles, titles, ((MARK, mark), used, (NOTICE_ZH, NOTICE_EN), *how)).protect()
        visits = with_visited(lookback_columns(named=named), texts, "listed_by_shown")
        _lookback_sheet(book, styles, texts, title, visits, language)
        off_list_sheet(book, styles, title, in_language(FOOTER, language), language)


def together(points: Sequence[str]) -> str:
    """Write several texts into a cell, numbered where there is more than one."""
    if len(points) < 2:
        return "".join(points)
    return "\n".join(f"{number}. {point}" for number, point in enumerate(points, 1))


def _is_ordered(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a published order lists: it gives no risk."""
    return bool(rows) and rows[0]["risk"] is None


def _list_sheet(
    book: CheckedBook,
    styles: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    title: str,
    columns: Columns,
    language: Language,
) -> None:
    sheet, last = _filled_sheet(book, styles, LIST_SHEET, rows, columns, language)
    fields = [name for name, *_ in columns]
    risk = fields.index("risk")
    sheet.conditional_format(1, risk, last, risk, {**BAR, "min_value": 0, "max_value": 1})
    # Ids that stand last are for the screen: printed, they would make the others too small to read.
    sheet.print_area(0, 0, last, max(fields.index(name) for name in LAST_PRINTED if name in fields))
    sheet.protect("", FREEDOMS)
    printed(sheet, title, in_language(FOOTER, language))


def _lookback_sheet(
    book: CheckedBook,
    styles: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    title: str,
    columns: Columns,
    language: Language,
) -> None:
    sheet, last = _filled_sheet(book, styles, LOOKBACK_SHEET, rows, columns, language)
    close_visited(sheet, styles, rows, columns)
    choose_words(sheet, last, columns, language)
    sheet.print_area(0, 0, last, [name for name, *_ in columns].index("note"))
    sheet.protect("", FREEDOMS)
    printed(sheet, title, in_language(FOOTER, language))


def _filled_sheet(
    book: CheckedBook,
    styles: Mapping[str, Any],
    name: str,
    rows: Sequence[Mapping[str, Any]],
    columns: Columns,
    language: Language,
) -> tuple[CheckedSheet, int]:
    """Write header and rows, with filters and whose row it is always in sight; tell the last row."""
    sheet, last = table_sheet(book, styles, name, rows, columns, language)
    who = next(place for place, (field, *_) in enumerate(columns) if field in WHO)
    sheet.freeze_panes(1, who + 1)
    return sheet, last
