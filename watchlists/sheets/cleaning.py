"""The cleaning list: one workbook a township of what in a delivery is in doubt or set aside."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from register.consistency import CHECKS, SEVERITIES
from register.file_names import file_stem
from register.tables import TABLES
from watchlists.sheets.checked_book import CheckedBook, CheckedSheet
from watchlists.sheets.sheet_drawing import Columns, guide_sheet, paged, printed, table_sheet, workbook

DOUBT_COLUMNS: Columns = (
    ("number", "序号", "number", 6, "count"),
    ("severity_shown", "级别", "severity", 9, "text"),
    ("village_id", "行政村", "village", 14, "text"),
    ("household_id", "户编号", "household id", 20, "text"),
    ("member_id", "人编号", "member id", 20, "text"),
    ("zh", "疑点", "in doubt (Chinese)", 36, "text"),
    ("en", "疑点（英文）", "in doubt", 36, "text"),
    ("next_step", "下一步", "next step", 34, "text"),
    ("evidence", "依据的表和列", "tables and columns read", 24, "text"),
    ("result", "核实结果", "result", 12, "open"),
    ("note", "备注", "note", 26, "open"),
)
QUARANTINE_COLUMNS: Columns = (
    ("file", "文件", "file", 26, "text"),
    ("row", "行", "row", 8, "count"),
    ("column", "列", "column", 22, "text"),
    ("reason", "原因", "reason", 44, "text"),
    ("next_step", "下一步", "next step", 44, "text"),
)
RESULTS = ("已更正 corrected", "属实 true as it is", "无法核实 cannot verify")
RESULT_COLUMN = 9
FOOTER = "疑点须核实，不是结论 A doubt is to be verified, it is no finding of fault"
GUIDE = (
    (
        "“疑点”表：几条记录放在一起互相矛盾或少见。错误必须更正；警告请核实；提示可能属实。",
        "Sheet 疑点: records that contradict each other. Mend errors, verify warnings; notices may be true.",
    ),
    (
        "“隔离行”表：不符合表格约定的行，没有进入登记。行号是交付文件中的行号，第1行是表头。",
        "Sheet 隔离行: rows that break a contract and did not go in, numbered from the header (row 1).",
    ),
    (
        "在来源系统中更正后重新导出；原来的行不必删除，重复的行只计一次。",
        "Correct at the source and export again; what was accepted may come again, it counts once.",
    ),
    (
        "疑点不影响任何户的资格或待遇，不得据此拒绝、取消或停止帮扶。",
        "A doubt changes nobody's entitlement; it never refuses, removes or ends help.",
    ),
    (
        "内容含个人信息：仅限核对数据使用，不得公示或转发。",
        "Holds personal data: for cleaning only, never to be posted or passed on.",
    ),
)


def write_cleaning_books(folder: Path, findings: pl.DataFrame, quarantined: pl.DataFrame) -> int:
    """Write one workbook a township, and one a county for what no township can be told.

    Parameters
    ----------
    folder : Path
        Gets ``<county>/<township>.xlsx`` and ``<county>/(whole county).xlsx``, a name no id can have.
    findings : DataFrame
        Columns of `register.consistency.FINDINGS`.
    quarantined : DataFrame
        Columns of `register.intake.review.PLACED`.

    Returns
    -------
    int
        Workbooks written.
    """
    place = ["county_id", "township_id"]
    places = pl.concat([findings.select(place), quarantined.select(place)]).unique().sort(place)
    for county, township in places.iter_rows():
        here = (pl.col("county_id") == county) & pl.col("township_id").eq_missing(pl.lit(township))
        stem = "(whole county)" if township is None else file_stem(township)
        write_cleaning_book(
            folder / file_stem(county) / f"{stem}.xlsx",
            findings.filter(here),
            quarantined.filter(here),
            f"清理清单 cleaning list {county} {township or '全县 whole county'}",
        )
    return len(places)


def write_cleaning_book(target: Path, findings: pl.DataFrame, quarantined: pl.DataFrame, title: str) -> None:
    """Write the workbook of one place; the most pressing doubts come first.

    Parameters
    ----------
    target : Path
        The .xlsx file.
    findings, quarantined : DataFrame
        As in `write_cleaning_books`, of this place.
    title : str
        On every printed page.
    """
    with workbook(target, title) as (book, styles):
        doubts = _sheets(book, styles, "疑点", (DOUBT_COLUMNS, _dressed(findings)), title)
        choose = {"validate": "list", "source": list(RESULTS)}
        for sheet, last in doubts:
            sheet.data_validation(1, RESULT_COLUMN, last, RESULT_COLUMN, choose)
        aside = _sheets(book, styles, "隔离行", (QUARANTINE_COLUMNS, quarantined.to_dicts()), title)
        words = (*_continued(doubts), *_continued(aside), *GUIDE)
        guide_sheet(book, styles, ("怎样用这份清单", "How to use this list"), words)


def _dressed(findings: pl.DataFrame) -> list[dict[str, Any]]:
    """Add the words of each check; errors first, then by village and household."""
    order = list(SEVERITIES)
    rows = sorted(
        findings.to_dicts(),
        key=lambda row: (order.index(row["severity"]), *(row[name] or "" for name in _ORDER)),
    )
    return [
        {
            **row,
            "number": number,
            "severity_shown": f"{SEVERITIES[row['severity']][0]} {row['severity']}",
            "zh": CHECKS[row["code"]].words[0],
            "en": CHECKS[row["code"]].words[1],
            "next_step": CHECKS[row["code"]].next_step,
            "evidence": _in_chinese(row["code"], row["evidence"]),
        }
        for number, row in enumerate(rows, 1)
    ]


def _in_chinese(code: str, evidence: str) -> str:
    """Name the columns of the evidence as the forms do."""
    for dotted in CHECKS[code].reads:
        table, _, column = dotted.partition(".")
        form_name = f"{TABLES[table].zh}·{TABLES[table].by_name[column].zh}"
        evidence = evidence.replace(dotted, form_name)
    return evidence


_ORDER = ("village_id", "household_id", "member_id", "code")


def _sheets(
    book: CheckedBook,
    styles: Mapping[str, Any],
    name: str,
    table: tuple[Columns, Sequence[Mapping[str, Any]]],
    title: str,
) -> list[tuple[CheckedSheet, int]]:
    """Write a table over as many sheets as it needs; give each with its last row."""
    columns, rows = table
    written = [table_sheet(book, styles, page, part, columns) for page, part in paged(name, rows)]
    for sheet, _ in written:
        sheet.freeze_panes(1, 0)
        printed(sheet, title, FOOTER)
    return written


def _continued(written: Sequence[tuple[CheckedSheet, int]]) -> list[tuple[str, str]]:
    """Say in which sheets a table goes on, if it does."""
    first, *others = (sheet.name for sheet, _ in written)
    if not others:
        return []
    return [
        (
            f"“{first}”一张表放不下，接着看：{'、'.join(others)}。",
            f"Sheet {first} is full: its rows go on in {', '.join(others)}.",
        )
    ]
