"""What a workbook says of visits made this season: their column, their closed cells, their guide."""

from collections.abc import Mapping, Sequence
from typing import Any

from watchlists.sheets.checked_book import CheckedSheet
from watchlists.sheets.sheet_words import Columns

#: What was found and when; only on lists that know of a visit.
VISITED = ("visited_shown", "已走访", "visited, result", 11, "text")
#: Texts that make room for it on a printed page.
NARROWER = {"now": 22, "standing": 15, "check": 17}
#: Styles of cells that a visit fills in.
OPEN = ("open", "open_date")
GUIDE = (
    (
        (
            "“已走访”列是本季已读回的走访：{visited}户不再走访，“回头看”表中这些行已锁定（灰色），不用再填。"
            "要更正，把原来那张表改好再交。"
        ),
        (
            "Column 已走访: visits of this season that were read back. {visited} households need no further "
            "visit, their rows in 回头看 are locked (grey). To correct one, hand in the workbook it was "
            "written into."
        ),
    ),
    (
        "走访时已迁出或已有帮扶的{gone}户离开名单，由排在后面的户补上。",
        "{gone} households had moved away or were helped already: they left, the next in order came in.",
    ),
)


def with_visited(columns: Columns, rows: Sequence[Mapping[str, Any]], behind: str) -> Columns:
    """Add the column of visits behind another, where any household of the list has one."""
    if not any(row["visited_shown"] for row in rows):
        return columns
    place = [field for field, *_ in columns].index(behind) + 1
    narrow = tuple((*one[:3], NARROWER.get(one[0], one[3]), one[4]) for one in columns)
    return (*narrow[:place], VISITED, *narrow[place:])


def close_visited(
    sheet: CheckedSheet, styles: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], columns: Columns
) -> None:
    """Lock the yellow cells of whoever was visited: nothing of a visit is asked twice."""
    for number, row in enumerate(rows, 1):
        for place, (*_, style) in enumerate(columns):
            if row["is_visited"] and style in OPEN:
                sheet.write_blank(number, place, None, styles["closed"])


def visits_guide(rows: Sequence[Mapping[str, Any]], gone: int) -> list[tuple[str, str]]:
    """Say how many were visited this season, and how many of this place left the list by a visit."""
    visited = sum(row["is_visited"] for row in rows)
    return [
        (zh.format(visited=visited, gone=gone), en.format(visited=visited, gone=gone))
        for (zh, en), number in zip(GUIDE, (visited, gone), strict=True)
        if number
    ]
