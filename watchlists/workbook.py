"""One workbook a township: whom to visit, how to read it, and what the visit found."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlsxwriter.format
import xlsxwriter.worksheet

from register.atomic import atomic_path
from register.reference import Cause
from register.tables.lookbacks import LOOKBACKS
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.sheet_words import GUIDE, LIST_COLUMNS, LOOKBACK_COLUMNS, RESULTS
from watchlists.spreadsheet import without_control

#: A fixed date of making: the same list gives the same bytes.
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A4, RISK_COLUMN, GUIDE_WIDTH = 9, 3, 62
LINE_HEIGHT, MOST_HEIGHT = 14.5, 400.0


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
    with atomic_path(target) as aside:
        book = xlsxwriter.Workbook(str(aside), OPTIONS)
        book.set_properties({"created": CREATED.replace(tzinfo=None), "title": without_control(title)})
        styles = _styles(book)
        _list_sheet(book, styles, rows, title)
        _guide_sheet(book, styles)
        _lookback_sheet(book, styles, rows, [one.zh for one in causes.values() if one.kind == "cause"], title)
        book.close()


def _styles(book: xlsxwriter.Workbook) -> dict[str, Any]:
    plain = {
        "font_name": "Microsoft YaHei",
        "font_size": 10,
        "valign": "top",
        "border": 1,
        "border_color": "#D0D5DA",
    }
    head = {
        **plain,
        "bold": True,
        "text_wrap": True,
        "bg_color": "#1F4E5F",
        "font_color": "#FFFFFF",
        "valign": "vcenter",
    }
    return {
        "head": book.add_format({**head, "align": "center"}),
        "text": book.add_format({**plain, "num_format": "@", "text_wrap": True}),
        "share": book.add_format({**plain, "num_format": "0%"}),
        "count": book.add_format({**plain, "num_format": "0"}),
        "open": book.add_format(
            {**plain, "num_format": "@", "text_wrap": True, "locked": False, "bg_color": "#FFF9E5"}
        ),
        "open_date": book.add_format(
            {**plain, "num_format": "yyyy-mm-dd", "locked": False, "bg_color": "#FFF9E5"}
        ),
        "notice": book.add_format(
            {"font_name": "Microsoft YaHei", "font_size": 10, "text_wrap": True, "valign": "top"}
        ),
    }


def _list_sheet(
    book: xlsxwriter.Workbook, styles: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], title: str
) -> None:
    sheet = book.add_worksheet("名单")
    _header(sheet, styles, LIST_COLUMNS)
    for number, row in enumerate(rows, 1):
        sheet.set_row(number, _height((row[name], width) for name, _, _, width, _ in LIST_COLUMNS))
        for place, (name, _, _, _, style) in enumerate(LIST_COLUMNS):
            _write(sheet, number, place, row[name], styles[style])
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
    _printed(sheet, title)


def _guide_sheet(book: xlsxwriter.Workbook, styles: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 1, GUIDE_WIDTH)
    sheet.write_string(0, 0, "怎样读这份名单", styles["head"])
    sheet.write_string(0, 1, "How to read this list", styles["head"])
    for number, (zh, en) in enumerate(((NOTICE_ZH, NOTICE_EN), *GUIDE), 1):
        sheet.set_row(number, _height([(zh, GUIDE_WIDTH), (en, GUIDE_WIDTH)]))
        sheet.write_string(number, 0, zh, styles["notice"])
        sheet.write_string(number, 1, en, styles["notice"])
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def _lookback_sheet(
    book: xlsxwriter.Workbook,
    styles: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    causes: list[str],
    title: str,
) -> None:
    sheet = book.add_worksheet("回头看")
    _header(sheet, styles, LOOKBACK_COLUMNS)
    for number, row in enumerate(rows, 1):
        for place, (name, _, _, _, style) in enumerate(LOOKBACK_COLUMNS):
            _write(sheet, number, place, row.get(name, ""), styles[style])
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
    _printed(sheet, title)


def _header(
    sheet: xlsxwriter.worksheet.Worksheet,
    styles: Mapping[str, Any],
    columns: Sequence[tuple[str, str, str, int, str]],
) -> None:
    sheet.set_row(0, 42)
    for place, (_, zh, en, width, _) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, f"{zh}\n{en}", styles["head"])


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: object,
    style: xlsxwriter.format.Format,
) -> None:
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif value:
        sheet.write_string(row, column, without_control(str(value)), style)
    else:
        sheet.write_blank(row, column, None, style)


def _height(cells: Iterable[tuple[object, int]]) -> float:
    """Room for the longest wrapped text: not every program fits rows by itself."""
    lines = [-(-_text_width(value) // (width - 1)) for value, width in cells if isinstance(value, str)]
    return min(MOST_HEIGHT, LINE_HEIGHT * max(1, *lines))


def _text_width(text: str) -> int:
    """Count columns: a Chinese character is as wide as two letters."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def _printed(sheet: xlsxwriter.worksheet.Worksheet, title: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # An ampersand starts a code in headers and footers; doubled it is itself.
    place = without_control(title).replace("&", "&&")[:80]
    sheet.set_header(f"&L{place}&R内部使用 internal use")
    sheet.set_footer("&L评分是走访的理由，不是决定 A score is a reason to visit, not a decision&R&P / &N")
