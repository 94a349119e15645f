"""How a paper of the month is drawn: title, words above, a table with its total, words below, on wide A4."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format

from watchlists.sheets.cell_room import BOLD, row_height, sign_width
from watchlists.sheets.checked_book import CheckedBook, CheckedSheet
from watchlists.sheets.sheet_drawing import A4, FONT, MARGIN, MARGIN_FOR_WORDS, write
from watchlists.sheets.spreadsheet import without_control

#: Lines that are written on by hand stand as high as a hand needs, in points.
BY_HAND = 30.0
TITLE = 1.5
#: Of headings that run upwards, in points: a longer one takes two lines; what stands beside their letters.
MOST_UPRIGHT, BESIDE = 165.0, 12.0
#: Tables in letters of this size or smaller are read; those in larger ones are written in.
SMALL = 10.5
DARK, PALE = "#1F4E5F", "#E8EEF0"


@dataclass(frozen=True)
class Heading:
    """A column: what its rows call it, its words, width and kind; `over` stands over several of them."""

    code: str
    text: str
    width: int
    kind: str
    over: str = ""


@dataclass(frozen=True)
class Paper:
    """A sheet of its own.

    Attributes
    ----------
    name : str
        Of the sheet.
    title : str
    above, below : sequence of str
        Lines over and under the table.
    headings : sequence of Heading
        From left to right.
    rows : sequence of mapping
        Values by the code of a heading.
    total : mapping or None
        A last row, in bold.
    size : float
        Of the letters, in points.
    upright : bool
        Whether the words of narrow columns run from bottom to top, as English ones must.
    """

    name: str
    title: str
    above: Sequence[str]
    headings: Sequence[Heading]
    rows: Sequence[Mapping[str, Any]]
    below: Sequence[str]
    total: Mapping[str, Any] | None = None
    size: float = 10.5
    upright: bool = False


def draw(book: CheckedBook, paper: Paper, footer: str) -> CheckedSheet:
    """Write a paper as a sheet of a workbook.

    Parameters
    ----------
    book : CheckedBook
    paper : Paper
    footer : str
        On every page, beside its number.
    """
    sheet, styles = book.add_worksheet(paper.name), _styles(book, paper)
    for place, one in enumerate(paper.headings):
        sheet.set_column(place, place, one.width)
    row = _lines(sheet, paper, (paper.title,), 0, styles["title"], paper.size * TITLE)
    row = _lines(sheet, paper, paper.above, row, styles["words"], paper.size)
    first = row
    row = _head(sheet, paper, row, styles)
    sheet.freeze_panes(row, 0)
    sheet.repeat_rows(first, row - 1)
    row = _table(sheet, paper, row, styles)
    _lines(sheet, paper, paper.below, row, styles["words"], paper.size)
    _page(sheet, footer)
    return sheet


def _styles(book: CheckedBook, paper: Paper) -> dict[str, Format]:
    plain = {"font_name": FONT, "font_size": paper.size, "text_wrap": True, "valign": "vcenter"}
    cell = {**plain, "border": 1, "border_color": "#9AA5AD"}
    head = {**cell, "bold": True, "bg_color": DARK, "font_color": "#FFFFFF", "align": "center"}
    return {
        "title": book.add_format({**plain, "font_size": paper.size * TITLE, "bold": True, "align": "center"}),
        "words": book.add_format(plain),
        "head": book.add_format(head),
        "upright": book.add_format({**head, "rotation": 90}),
        "text": book.add_format({**cell, "num_format": "@"}),
        "count": book.add_format({**cell, "num_format": "0", "align": "center"}),
        "open": book.add_format({**cell, "num_format": "@"}),
        "total": book.add_format({**cell, "bold": True, "bg_color": PALE, "align": "center"}),
    }


def _lines(
    sheet: CheckedSheet, paper: Paper, lines: Sequence[str], row: int, style: Format, size: float
) -> int:
    """Write lines across the whole table; give the row behind them."""
    width, last = sum(one.width + 0.7 for one in paper.headings), len(paper.headings) - 1
    for number, line in enumerate(lines, row):
        sheet.merge_range(number, 0, number, last, without_control(line), style)
        tall = row_height([(line, width)], size)
        sheet.set_row(number, max(tall, BY_HAND) if "____" in line else tall + 2)
    return row + len(lines)


def _head(sheet: CheckedSheet, paper: Paper, row: int, styles: Mapping[str, Format]) -> int:
    """Write the headings, those under a common one below it."""
    of_style = styles["upright"] if paper.upright else styles["head"]
    deep = any(one.over for one in paper.headings)
    for place, one in enumerate(paper.headings):
        style = of_style if one.kind != "text" else styles["head"]
        if one.over:
            sheet.write_string(row + 1, place, one.text, style)
        elif deep:
            sheet.merge_range(row, place, row + 1, place, one.text, style)
        else:
            sheet.write_string(row, place, one.text, style)
    _common(sheet, paper, row, styles["head"])
    sheet.set_row(row + deep, _head_height(paper))
    return row + 1 + deep


def _common(sheet: CheckedSheet, paper: Paper, row: int, style: Format) -> None:
    for over in dict.fromkeys(one.over for one in paper.headings if one.over):
        places = [place for place, one in enumerate(paper.headings) if one.over == over]
        sheet.merge_range(row, places[0], row, places[-1], over, style)
        sheet.set_row(row, row_height([(over, sum(paper.headings[one].width for one in places))], paper.size))


def _head_height(paper: Paper) -> float:
    if paper.upright:
        longest = max(sum(map(sign_width, one.text)) for one in paper.headings)
        return min(MOST_UPRIGHT, longest * paper.size * BOLD + BESIDE)
    return row_height([(one.text, one.width) for one in paper.headings], paper.size, bold=True)


def _table(sheet: CheckedSheet, paper: Paper, row: int, styles: Mapping[str, Format]) -> int:
    """Write the rows and the total; give the row behind them."""
    has_open = any(one.kind == "open" for one in paper.headings)
    for number, values in enumerate(paper.rows, row):
        cells = [(values.get(one.code, ""), one.width) for one in paper.headings]
        tall = row_height(cells, paper.size)
        sheet.set_row(number, max(tall, BY_HAND) if has_open and paper.size > SMALL else tall + 2)
        for place, one in enumerate(paper.headings):
            write(sheet, number, place, values.get(one.code, ""), styles[one.kind])
    row += len(paper.rows)
    if paper.total is None:
        return row
    for place, one in enumerate(paper.headings):
        write(sheet, row, place, paper.total.get(one.code, ""), styles["total"])
    sheet.set_row(row, row_height([("", 9)], paper.size) + 2)
    return row + 1


def _page(sheet: CheckedSheet, footer: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(MARGIN, MARGIN, MARGIN_FOR_WORDS, MARGIN_FOR_WORDS)
    sheet.set_footer(f"&L{footer.replace('&', '&&')}&R&P / &N")
