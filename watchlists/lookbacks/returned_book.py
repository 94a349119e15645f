"""The sheet of returned rows (退回表): what a township corrects and hands in again."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from watchlists.language import Language, in_language
from watchlists.lookbacks.pages import HEADINGS
from watchlists.lookbacks.returned import Objection, Returned
from watchlists.sheets.sheet_drawing import guide_sheet, printed, table_sheet, workbook
from watchlists.sheets.sheet_words import GUIDE, HEAD, LOOKBACK_SHEET, MARK, Columns, returned_columns
from watchlists.sheets.visit_cells import FREEDOMS, choose_words
from watchlists.sheets.workbook import FOOTER

TITLES = ("怎样更正退回的行", "How to correct the rows that came back")
WORDS = (
    (
        "“回头看”页是读不了而退回的行，写的仍是原来填的内容；读不了的格涂成橙色，“退回原因”“怎样更正”说明该怎么改。",
        (
            "Sheet 回头看 has the rows that could not be taken, as they were filled in; the cells that could "
            "not are orange, and what is wrong and what to do stands beside them."
        ),
    ),
    (
        "在原格更正，别的浅黄色格也可以补；改好后把本表交回读回，不必再交原来的工作簿。",
        "Correct them in place, add to other yellow cells if need be, and hand in this very file.",
    ),
    (
        "确实没有这次走访的，把该行的浅黄色和橙色格清空再交回，就不再退。没有改的行会一直退回。",
        "Where there was no such visit, empty the row's yellow and orange cells; other rows stay returned.",
    ),
    GUIDE[-1],
)


def write_returned_book(
    target: Path, rows: Sequence[Returned], title: str, mark: str, language: Language
) -> None:
    """Write the returned rows of one township and list.

    Parameters
    ----------
    target : Path
        The .xlsx file.
    rows : sequence of Returned
    title : str
        Place and season, on every printed page.
    mark : str
        Which list the rows are of (`watchlists.lookbacks.sheet.mark`).
    language : str
        In which reasons and choices are written.
    """
    columns = returned_columns(named=any(HEAD[1] in one.cells for one in rows))
    with workbook(target, title) as (book, styles):
        lines = [_line(one, columns, mark, language) for one in rows]
        sheet, last = table_sheet(book, styles, LOOKBACK_SHEET, lines, columns, language)
        fields = [name for name, *_ in columns]
        for number, one in enumerate(rows, 1):
            for field in refused_fields(one.objections):
                place = fields.index(field)
                value = lines[number - 1][field]
                if value:
                    sheet.write_text(number, place, value, styles["refused"])
                else:
                    sheet.write_blank(number, place, None, styles["refused"])
        choose_words(sheet, last, columns, language)
        sheet.freeze_panes(1, fields.index("village_shown"))
        sheet.print_area(0, 0, last, fields.index("note"))
        sheet.protect("", FREEDOMS)
        printed(sheet, title, in_language(FOOTER, language))
        guide_sheet(book, styles, TITLES, ((MARK, mark), *WORDS)).protect()


def refused_fields(objections: Sequence[Objection]) -> list[str]:
    """Name the columns of a row that are objected to."""
    return [field for zh, field in HEADINGS.items() if any(one.heading == zh for one in objections)]


def _line(one: Returned, columns: Columns, mark: str, language: Language) -> Mapping[str, Any]:
    cells: dict[str, Any] = {field: one.cells.get(zh, "") for field, zh, *_ in columns}
    rank = cells["rank"]
    return {
        **cells,
        "rank": int(rank) if rank.isdecimal() else rank,
        "returned_reason": _by_heading([(o.heading, o.reason) for o in one.objections], language),
        "returned_step": _by_heading([(o.heading, o.next_step) for o in one.objections], language),
        "list_mark": mark,
        "ticket": one.ticket,
    }


def _by_heading(words: Sequence[tuple[str, str]], language: Language) -> str:
    """Write a line a cell, by its heading, in the language wanted."""
    lines = []
    for heading, both in words:
        zh, _, en = both.partition(" / ")
        lines.append(f"{heading}：{in_language((zh, en or zh), language, ' / ')}")
    return "\n".join(dict.fromkeys(lines))
