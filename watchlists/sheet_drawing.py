"""How every sheet of the project looks: styles, headers, cells that stay text, print setup."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlsxwriter.format
import xlsxwriter.worksheet

from register.atomic import atomic_path
from watchlists.sheet_words import GUIDE_SHEET
from watchlists.spreadsheet import without_control

#: A fixed date of making: the same list gives the same bytes.
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A4, GUIDE_WIDTH = 9, 62
LINE_HEIGHT, MOST_HEIGHT = 14.5, 400.0
#: Field, Chinese, English, width, style.
Columns = Sequence[tuple[str, str, str, int, str]]


@contextmanager
def workbook(target: Path, title: str) -> Iterator[tuple[xlsxwriter.Workbook, dict[str, Any]]]:
    """Open a workbook that replaces `target` when all is written; give it with its styles."""
    with atomic_path(target) as aside:
        book = xlsxwriter.Workbook(str(aside), OPTIONS)
        book.set_properties({"created": CREATED.replace(tzinfo=None), "title": without_control(title)})
        yield book, _styles(book)
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


def guide_sheet(
    book: xlsxwriter.Workbook,
    styles: Mapping[str, Any],
    titles: tuple[str, str],
    words: Sequence[tuple[str, str]],
) -> xlsxwriter.worksheet.Worksheet:
    """Write what a reader must know, Chinese beside English."""
    sheet = book.add_worksheet(GUIDE_SHEET)
    sheet.set_column(0, 1, GUIDE_WIDTH)
    for place, title in enumerate(titles):
        sheet.write_string(0, place, title, styles["head"])
    for number, (zh, en) in enumerate(words, 1):
        sheet.set_row(number, height([(zh, GUIDE_WIDTH), (en, GUIDE_WIDTH)]))
        sheet.write_string(number, 0, zh, styles["notice"])
        sheet.write_string(number, 1, en, styles["notice"])
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    return sheet


def header(
    sheet: xlsxwriter.worksheet.Worksheet,
    styles: Mapping[str, Any],
    columns: Columns,
) -> None:
    """Write the first row: Chinese with English below, and set the widths."""
    sheet.set_row(0, 42)
    for place, (_, zh, en, width, _) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, f"{zh}\n{en}", styles["head"])


def write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: object,
    style: xlsxwriter.format.Format,
) -> None:
    """Write a number as a number and everything else as text that stays text."""
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif value:
        sheet.write_string(row, column, without_control(str(value)), style)
    else:
        sheet.write_blank(row, column, None, style)


def height(cells: Iterable[tuple[object, int]]) -> float:
    """Room for the longest wrapped text: not every program fits rows by itself."""
    lines = [-(-_text_width(value) // (width - 1)) for value, width in cells if isinstance(value, str)]
    return min(MOST_HEIGHT, LINE_HEIGHT * max([1, *lines]))


def _text_width(text: str) -> int:
    """Count columns: a Chinese character is as wide as two letters."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def printed(sheet: xlsxwriter.worksheet.Worksheet, title: str, footer: str) -> None:
    """Set up wide A4 pages with the place and `footer` on each."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # An ampersand starts a code in headers and footers; doubled it is itself.
    place = without_control(title).replace("&", "&&")[:80]
    sheet.set_header(f"&L{place}&R内部使用 internal use")
    sheet.set_footer(f"&L{footer}&R&P / &N")
