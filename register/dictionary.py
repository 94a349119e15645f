"""The reference page of the register, made from its contracts."""

from collections.abc import Sequence

import polars as pl

from register.contract import Column, Table
from register.reference import income_lines, names
from register.reference.equivalents import equivalent_rows
from register.tables import TABLES

KINDS = {
    "id": "编号（文本） id",
    "text": "文本 text",
    "date": "日期 date",
    "number": "数值 number",
    "money": "金额 money",
    "integer": "整数 integer",
    "flag": "是/否 flag",
    "code": "代码 code",
    "codes": "代码，可多个 codes",
}
USAGES = {
    "usable": "可作特征 usable",
    "label": "只作标签 label",
    "audit": "只作审计 audit",
    "vault": "进保险库 vault",
}
PRIVACY = {"": "", "personal": "个人信息 personal", "sensitive": "敏感个人信息 sensitive"}

_HEAD = """# 登记册参考 / Register reference

由表的声明自动生成（`make docs`），请勿手改。Generated from the contracts by `make docs`; do not edit.

- 日期写作 2025-01-31；是/否可写 是、否、true、false、1、0；编号一律按文本填写。
  Write dates as 2025-01-31; flags as 是, 否, true, false, 1 or 0; ids always as text.
- 非必填的列可以整列没有，空单元格表示没有记录，与零不同；未声明的列会被拒绝。
  A column that is not required may be left out; an empty cell means no record, which differs from
  zero; a column that is not declared is refused.
- 用途：可作特征；只作标签（识别后才有，特征不得读取）；只作审计（公平性，特征不得读取）；
  进保险库（入库时加密分离，登记册中没有）。
  Use: features may read it; it forms the label and features may not; for the audit of fairness only;
  split off into the encrypted vault at ingest, so that the register never holds it.
- 隐私：敏感个人信息按《个人信息保护法》第二十八条（健康、特定身份、未满十四周岁）；空白为地点或登记信息。
  Privacy: sensitive as in article 28 of the Personal Information Protection Law; blank tells of a place
  or of the record-keeping.
- 依据：`DOMAIN 3.6` 即 [domain.md](domain.md) 3.6 节，`[S22]`、`[C1]`、`[M]` 等见
  [文献目录](bibliography.md)。
  Sources: `DOMAIN 3.6` is section 3.6 of [domain.md](domain.md); `[S22]`, `[C1]`, `[M]` stand in the
  [bibliography](bibliography.md).
"""
_EQUIVALENTS = """“回头看”读回时，左边的词当作右边的；表中和下拉列表都没有的词不猜，整行退回。
日期可写 2026-01-05、2026.1.5、2026/1/5、2026年1月5日、20260105；
1月5日 只在名单截止日起六个月内补上年份。全角字符、前后空格和词后的标点不计。

Read back from the look-back, the words on the left are taken for the one on the right; what stands neither
here nor in the drop-down list is not guessed, and its row is set aside. A day may be written 2026-01-05,
2026.1.5, 2026/1/5, 2026年1月5日 or 20260105; 1月5日 gets its year within six months of the list's as-of
date alone. Full-width characters, blanks around and marks after a word make no difference.
"""
COLUMN_HEADINGS = (
    "列 column",
    "含义",
    "meaning",
    "类型 type",
    "必填 required",
    "单位 unit",
    "取值 allowed",
    "用途 use",
    "隐私 privacy",
    "说明 notes",
)
NAME_HEADINGS = ("代号 code", "自 since", "名称", "name", "依据 source")


def register_reference() -> str:
    """Write the reference of every register table as Markdown in both languages.

    Returns
    -------
    str
        One section a table, one row a column; then the names by date and the income lines.
    """
    return (
        _HEAD + "".join(_section(table) for table in TABLES.values()) + _equivalents() + _names() + _lines()
    )


def allowed(column: Column) -> str:
    """Tell what a cell of a column may hold beyond its type; "" where anything goes."""
    if column.meanings:
        words = "; ".join(f"{code} {zh}" for code, zh in column.meanings.items())
        return (
            f"至多{column.most}个，用分号隔开 at most {column.most}, parted by semicolons: {words}"
            if column.most
            else words
        )
    low, high = ("" if bound is None else f"{bound:,.10g}" for bound in (column.low, column.high))
    return f"{low} … {high}".strip() if low or high else ""


def _section(table: Table) -> str:
    required = "每县必有。Every county needs it. " if table.required else ""
    key = ", ".join(f"`{name}`" for name in table.key)
    facts = f"{table.description.replace(' / ', '。')}.\n\n{required}主键 key: {key}"
    rows = "".join(_line(column_cells(column)) for column in table.columns)
    return f"\n## {table.name} {table.zh}\n\n{facts}\n\n{_head(COLUMN_HEADINGS)}{rows}"


def column_cells(column: Column) -> tuple[str, ...]:
    """Tell all about a column, under `COLUMN_HEADINGS`."""
    return (
        f"`{column.name}`",
        column.zh,
        column.en,
        KINDS[column.kind],
        "是 yes" if column.required else "",
        column.unit,
        allowed(column),
        USAGES[column.usage],
        PRIVACY[column.privacy],
        column.description,
    )


def name_rows() -> list[tuple[str, ...]]:
    """List what the mechanism and its groups are called since when, under `NAME_HEADINGS`."""
    return [(f"`{one.code}`", f"{one.effective_from}", one.zh, one.en, one.source) for one in names()]


def _equivalents() -> str:
    head = _head(("列 column", "写的是 written", "当作 taken for", "依据 source"))
    return f"\n## 等同说法 equivalents\n\n{_EQUIVALENTS}\n{head}" + "".join(map(_line, equivalent_rows()))


def _names() -> str:
    return f"\n## 名称 names\n\n{_head(NAME_HEADINGS)}" + "".join(map(_line, name_rows()))


def _lines() -> str:
    head = _head(("地区 region", "自 since", "元/人·年 yuan a person and year", "状态与依据 status: source"))
    lines = income_lines().select(
        "region_id", pl.col("effective_from").cast(pl.String), pl.col("line_per_month") * 12, "origin"
    )
    rows = [(region, since, f"{yuan:,.0f}", origin) for region, since, yuan, origin in lines.iter_rows()]
    return f"\n## 收入线 income lines\n\n{head}" + "".join(map(_line, rows))


def _head(headings: Sequence[str]) -> str:
    return _line(headings) + _line(["---"] * len(headings))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"
