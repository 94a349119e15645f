"""How every sheet of the project looks: styles, headers, cells that stay text, print setup."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format

from register.atomic import atomic_path
from watchlists.language import Language
from watchlists.sheets.cell_room import row_height
from watchlists.sheets.checked_book import MOST_ROWS, CheckedBook, CheckedSheet
from watchlists.sheets.sheet_words import GUIDE_SHEET
from watchlists.sheets.spreadsheet import without_control

A4, GUIDE_WIDTH = 9, 62
FONT = "Microsoft YaHei"
#: Letters of a page's title: with the words beside it they stay below the 255 of a page header.
MOST_TITLE = 100
#: Points of the letters, in cells and in the guide.
SIZE, GUIDE_SIZE = 10.5, 10
#: Two lines of a heading: the button of a filter covers a single one.
FILTER_ROOM = ("\n", 9)
#: Field, Chinese, English, width, style.
Columns = Sequence[tuple[str, str, str, int, str]]
#: Of a page that holds many columns, in inches: what a printer needs.
MARGIN, MARGIN_FOR_WORDS = 0.2, 0.5


@contextmanager
def workbook(target: Path, title: str) -> Iterator[tuple[CheckedBook, dict[str, Any]]]:
    """Open a workbook that replaces `target` when all is written; give it with its styles."""
    with atomic_path(target) as aside:
        book = CheckedBook(aside, without_control(title))
        yield book, _styles(book)
        book.close()


def _styles(book: CheckedBook) -> dict[str, Any]:
    plain = {
        "font_name": FONT,
        "font_size": SIZE,
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
        "refused": book.add_format(
            {**plain, "num_format": "@", "text_wrap": True, "locked": False, "bg_color": "#F4B183"}
        ),
        "closed": book.add_format({**plain, "num_format": "@", "bg_color": "#E3E6E8"}),
        "notice": book.add_format(
            {"font_name": FONT, "font_size": GUIDE_SIZE, "text_wrap": True, "valign": "top"}
        ),
    }


def guide_sheet(
    book: CheckedBook,
    styles: Mapping[str, Any],
    titles: tuple[str, str],
    words: Sequence[tuple[str, str]],
) -> CheckedSheet:
    """Write what a reader must know, Chinese beside English."""
    sheet = book.add_worksheet(GUIDE_SHEET)
    sheet.set_column(0, 1, GUIDE_WIDTH)
    for place, title in enumerate(titles):
        sheet.write_string(0, place, title, styles["head"])
    for number, (zh, en) in enumerate(words, 1):
        sheet.set_row(number, row_height([(zh, GUIDE_WIDTH), (en, GUIDE_WIDTH)], GUIDE_SIZE))
        sheet.write_string(number, 0, zh, styles["notice"])
        sheet.write_string(number, 1, en, styles["notice"])
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    return sheet


def paged(name: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """Part rows into sheets: what one has no room for goes on in ``name (2)``, ``name (3)``."""
    for number, start in enumerate(range(0, max(1, len(rows)), MOST_ROWS), 1):
        yield name if number == 1 else f"{name} ({number})", rows[start : start + MOST_ROWS]


def table_sheet(
    book: CheckedBook,
    styles: Mapping[str, Any],
    name: str,
    rows: Sequence[Mapping[str, Any]],
    columns: Columns,
    language: Language = "both",
) -> tuple[CheckedSheet, int]:
    """Write header and rows, with filters; give the sheet and its last row."""
    sheet, last = book.add_worksheet(name), max(1, len(rows))
    header(sheet, styles, columns, language)
    for number, row in enumerate(rows, 1):
        cells = [(row.get(field, ""), width) for field, _, _, width, _ in columns]
        sheet.set_row(number, row_height(cells, SIZE))
        for place, (field, _, _, _, style) in enumerate(columns):
            write(sheet, number, place, row.get(field, ""), styles[style])
    sheet.autofilter(0, 0, last, len(columns) - 1)
    return sheet, last


def header(
    sheet: CheckedSheet,
    styles: Mapping[str, Any],
    columns: Columns,
    language: Language,
) -> None:
    """Write the first row and set the widths. The Chinese always stands: headings are read back by it."""
    texts = [(zh if language == "zh" else f"{zh}\n{en}", width) for _, zh, en, width, _ in columns]
    sheet.set_row(0, row_height([*texts, FILTER_ROOM], SIZE, bold=True))
    for place, (text, width) in enumerate(texts):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, text, styles["head"])


def write(
    sheet: CheckedSheet,
    row: int,
    column: int,
    value: object,
    style: Format,
) -> None:
    """Write a number as a number and everything else as text that stays text."""
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif value:
        sheet.write_text(row, column, without_control(str(value)), style)
    else:
        sheet.write_blank(row, column, None, style)


def printed(sheet: CheckedSheet, title: str, footer: str) -> None:
    """Set up wide A4 pages with the place and `footer` on each."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(MARGIN, MARGIN, MARGIN_FOR_WORDS, MARGIN_FOR_WORDS)
    sheet.repeat_rows(0)
    place = without_control(title)
    place = place if len(place) <= MOST_TITLE else f"{place[: MOST_TITLE - 1]}…"
    # An ampersand starts a code in headers and footers; doubled it is itself.
    place = place.replace("&", "&&")
    sheet.set_header(f"&L{place}&R内部使用 internal use")
    sheet.set_footer(f"&L{footer}&R&P / &N")
