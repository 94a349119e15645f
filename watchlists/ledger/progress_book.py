"""A county's progress as a workbook: counts by place and person, and the ledger household by household."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.language import Language, in_language
from watchlists.ledger.progress import COUNTS
from watchlists.ledger.progress_tables import Table
from watchlists.ledger.task_words import task_view
from watchlists.sheets.sheet_drawing import printed, table_sheet, workbook

#: Field, Chinese, English, width, style.
Columns = tuple[tuple[str, str, str, int, str], ...]
LEDGER_SHEET = "台账"
PLACE = ("place", "名称", "place", 24, "text")
TASK_COLUMNS: Columns = (
    ("order", "走访顺序", "visit order", 5, "count"),
    ("township_shown", "乡镇", "township", 11, "text"),
    ("village_shown", "行政村", "village", 8, "text"),
    ("group", "村民小组", "group", 5, "text"),
    ("listed_by_shown", "入列方式", "listed by", 7, "text"),
    ("responsible_shown", "责任人", "responsible", 7, "text"),
    ("responsible_phone", "责任人电话", "their phone", 13, "text"),
    ("due_on", "应访日期", "due on", 12, "text"),
    ("state_shown", "状态", "state", 9, "text"),
    ("overdue_shown", "是否逾期", "overdue", 5, "text"),
    ("visited_on", "走访日期", "visited on", 12, "text"),
    ("result_shown", "核实结果", "result", 7, "text"),
    ("help_shown", "帮扶措施", "help", 8, "text"),
    ("help_due_on", "措施应落实日期", "help due on", 12, "text"),
)
ID = ("household_id", "户编号", "household id", 34, "text")
NAMED: Columns = (
    ("head", "户主", "head of household", 7, "text"),
    ("address", "住址", "address", 9, "text"),
    ("phone", "电话", "phone", 13, "text"),
)
NUMBER = ("number", "系统户编号", "own number, as delivered", 20, "text")


def write_progress_book(
    target: Path,
    tables: Sequence[Table],
    rows: Sequence[Mapping[str, Any]],
    title: str,
    language: Language,
    *,
    named: bool,
) -> None:
    """Write the workbook.

    Parameters
    ----------
    target : Path
        The .xlsx file.
    tables : sequence of Table
        From `watchlists.ledger.progress_tables.tables_of`.
    rows : sequence of mapping
        Tasks (`watchlists.ledger.tasks.TASKS`) of the county; where `named`, with ``head, phone,
        address, number``.
    title : str
        What stands on every printed page: place, season, day.
    language : str
        Of the words in its cells.
    named : bool
        Whether households are named.
    """
    footer = in_language((NOTICE_ZH, NOTICE_EN), language)
    with workbook(target, title) as (book, styles):
        for table in tables:
            sheet, _ = table_sheet(book, styles, table.zh, table.rows, counted(table), language)
            sheet.freeze_panes(1, 1)
            printed(sheet, title, footer)
        columns, views = task_columns(named=named), [task_view(row, language) for row in rows]
        sheet, last = table_sheet(book, styles, LEDGER_SHEET, views, columns, language)
        sheet.freeze_panes(1, 2)
        # Ids that stand last are for the screen: printed, they would make the others too small to read.
        sheet.print_area(0, 0, last, len(columns) - (3 if named else 2))
        printed(sheet, title, footer)


def counted(table: Table) -> Columns:
    """Give the columns of a table of counts."""
    head = (PLACE[0], table.zh, table.en, *PLACE[3:])
    return (head, *((name, zh, en, 11, "count") for name, (_, zh, en) in COUNTS.items()))


def task_columns(*, named: bool) -> Columns:
    """Give the columns of the ledger; whose household it is stands first, ids last.

    An address says the group: where there is one, the group has no column.
    """
    if named:
        order, *others = (column for column in TASK_COLUMNS if column[0] != "group")
        return (order, NAMED[0], *others, *NAMED[1:], NUMBER, ID)
    return (*TASK_COLUMNS, ID)


def in_order(tasks: pl.DataFrame) -> pl.DataFrame:
    """Put what is late first, then by due day and place."""
    late = pl.col("overdue") | (pl.col("help") == "overdue").fill_null(value=False)
    return tasks.sort(~late, "due_on", "township_id", "village_id", "order", "household_id")
