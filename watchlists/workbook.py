"""One workbook a township: whom to visit, how to read it, and what the visit found."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from register.reference import Cause
from register.tables.lookbacks import LOOKBACKS
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.sheet_drawing import guide_sheet, header, height, printed, workbook, write
from watchlists.sheet_words import GUIDE, LIST_COLUMNS, LOOKBACK_COLUMNS, RESULTS

RISK_COLUMN = 3
FOOTER = "评分是走访的理由，不是决定 A score is a reason to visit, not a decision"


def write_workbook(
    target: Path, rows: Sequence[Mapping[str, Any]], causes: Mapping[str, Cause], title: str
) -> None:
    """Write a township's workbook.

    Parameters
    ----------
    target : Path
        The .xlsx file.
    rows : sequence of mapping
        Its listed households in visiting order, dressed by `watchlists.shown`.
    causes : mapping of str to Cause
        Offered in the look-back drop-down.
    title : str
        Place and season, on every printed page.
    """
    with workbook(target, title) as (book, styles):
        _list_sheet(book, styles, rows, title)
        guide_sheet(
            book,
            styles,
            ("怎样读这份名单", "How to read this list"),
            ((NOTICE_ZH, NOTICE_EN), *GUIDE),
        )
        _lookback_sheet(book, styles, rows, [one.zh for one in causes.values() if one.kind == "cause"], title)


def _list_sheet(
    book: xlsxwriter.Workbook, styles: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], title: str
) -> None:
    sheet = book.add_worksheet("名单")
    header(sheet, styles, LIST_COLUMNS)
    for number, row in enumerate(rows, 1):
        sheet.set_row(number, height((row[name], width) for name, _, _, width, _ in LIST_COLUMNS))
        for place, (name, _, _, _, style) in enumerate(LIST_COLUMNS):
            write(sheet, number, place, row[name], styles[style])
    bar = {
        "type": "data_bar",
        "bar_solid": True,
        "bar_color": "#E08E45",
        "min_type": "num",
        "max_type": "num",
    }
    sheet.conditional_format(
        1, RISK_COLUMN, max(1, len(rows)), RISK_COLUMN, {**bar, "min_value": 0, "max_value": 1}
    )
    sheet.autofilter(0, 0, max(1, len(rows)), len(LIST_COLUMNS) - 1)
    sheet.freeze_panes(1, 2)
    sheet.print_area(0, 0, max(1, len(rows)), len(LIST_COLUMNS) - 2)
    printed(sheet, title, FOOTER)


def _lookback_sheet(
    book: xlsxwriter.Workbook,
    styles: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    causes: list[str],
    title: str,
) -> None:
    sheet = book.add_worksheet("回头看")
    header(sheet, styles, LOOKBACK_COLUMNS)
    for number, row in enumerate(rows, 1):
        for place, (name, _, _, _, style) in enumerate(LOOKBACK_COLUMNS):
            write(sheet, number, place, row.get(name, ""), styles[style])
    last = max(1, len(rows))
    wrong = {
        "error_title": "请从列表选择 choose from the list",
        "error_message": "只能选择列表中的值。Only listed values.",
    }
    results = [RESULTS[code] for code in LOOKBACKS.by_name["result"].codes]
    sheet.data_validation(1, 3, last, 3, {"validate": "list", "source": results, **wrong})
    sheet.data_validation(1, 4, last, 4, {"validate": "list", "source": causes, **wrong})
    since = {"validate": "date", "criteria": ">=", "value": datetime(2000, 1, 1)}  # noqa: DTZ001 - a cell has no zone
    sheet.data_validation(1, 2, last, 2, {**since, "error_message": "请填日期，如 2026-01-31。Enter a date."})
    sheet.freeze_panes(1, 2)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
    printed(sheet, title, FOOTER)
