"""From text to types, cell by cell: every cell that will not do is named, never guessed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from register.contract import Column, Table
from register.errors import ContractError
from register.identifiers import lookalike, rounded
from register.quarantine import Finding, reasons_of
from register.sources.delivery import RawTable, row_numbers
from register.sources.header import refuse_headless, told

#: Year-first spellings only: day-first ones are ambiguous.
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S", "%Y年%m月%d日")
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
TRUE = ("true", "1", "yes", "y", "是", "有")
FALSE = ("false", "0", "no", "n", "否", "无")
#: Above it a float no longer holds every whole number.
LARGEST_INTEGER = 2.0**53
#: Pairs of columns where the second may not lie before the first.
ORDERED = (
    ("started_on", "ended_on"),
    ("valid_from", "valid_to"),
    ("birth_date", "recorded_on"),
    ("occurred_on", "recorded_on"),
    ("visited_on", "recorded_on"),
)


@dataclass(frozen=True)
class Cast:
    """A table after casting.

    Attributes
    ----------
    frame : DataFrame
        Contract columns in their types plus ``file`` and ``row``; a bad cell is missing.
    reasons : DataFrame
        One row for every bad cell (`register.quarantine.REASONS`).
    """

    frame: pl.DataFrame
    reasons: pl.DataFrame


def cast(raw: RawTable, table: Table, delivered_on: date | None = None) -> Cast:
    """Cast every cell of a table and say what is wrong with those that fail.

    Parameters
    ----------
    raw : RawTable
        Text as it was found; columns in any order.
    table : Table
        Its contract; optional columns that are absent become missing.
    delivered_on : date, optional
        No record may be recorded later; unchecked by default.

    Returns
    -------
    Cast
        As many rows as `raw`.

    Raises
    ------
    ContractError
        When a required column is absent or an unknown one present.
    """
    check_header(raw, table)
    text = raw.frame.select(_cleaned(column, raw.frame) for column in table.columns)
    typed = text.select(_typed(column, text[column.name]).alias(column.name) for column in table.columns)
    findings = [
        *raw.findings,
        *_cell_findings(table, text, typed),
        *_order_findings(table, typed),
        *_late_findings(typed, delivered_on),
    ]
    numbers = row_numbers(len(text)) if raw.rows is None else raw.rows
    frame = typed.with_columns(pl.lit(raw.file).alias("file"), numbers.alias("row"))
    return Cast(frame, reasons_of(frame, findings))


def check_header(raw: RawTable, table: Table) -> None:
    """Refuse a table that lacks a required column or brings one the contract does not know."""
    missing = [name.name for name in table.columns if name.required and name.name not in raw.frame.columns]
    unknown = sorted(set(raw.frame.columns) - table.by_name.keys())
    if missing or unknown:
        refuse_headless(raw.file, raw.frame.columns, table.by_name)
        shown = told(unknown, raw.frame.columns, table.by_name)
        raise ContractError(
            f"{raw.file}: found unknown columns {shown} and no columns {missing}; allowed are "
            f"{list(table.by_name)}; rename the columns and run again"
        )


def _cleaned(column: Column, frame: pl.DataFrame) -> pl.Expr:
    if column.name not in frame.columns:
        return pl.lit(None, dtype=pl.String).alias(column.name)
    text = pl.col(column.name).str.strip_chars()
    return pl.when(text != "").then(text).alias(column.name)


def _typed(column: Column, cells: pl.Series) -> pl.Expr:
    text = pl.col(column.name)
    if column.kind == "date":
        return _dated(text, cells)
    if column.kind in ("number", "money", "integer"):
        return _numbered(text, column)
    if column.kind == "flag":
        lower = text.str.to_lowercase()
        return pl.when(lower.is_in(TRUE)).then(statement=True).when(lower.is_in(FALSE)).then(statement=False)
    if column.kind == "code":
        return pl.when(text.is_in(column.codes)).then(text)
    if column.kind == "id":
        return pl.when(pl.lit(~(rounded(cells) | lookalike(cells)))).then(text)
    return text


def _dated(text: pl.Expr, cells: pl.Series) -> pl.Expr:
    """Read each different text once: a column has few, and five spellings are slow to try."""
    told = cells.unique().drop_nulls()
    days = pl.select(pl.coalesce(told.str.to_date(spelling, strict=False) for spelling in DATE_FORMATS))
    day = text.replace_strict(told, days.to_series(), default=None, return_dtype=pl.Date())
    return pl.when(day.is_between(EARLIEST, LATEST)).then(day)


def _numbered(text: pl.Expr, column: Column) -> pl.Expr:
    number = text.cast(pl.Float64, strict=False)
    good = number.is_finite()
    if column.low is not None:
        good &= number >= column.low
    if column.high is not None:
        good &= number <= column.high
    if column.kind != "integer":
        return pl.when(good).then(number)
    whole = good & (number == number.floor()) & (number.abs() <= LARGEST_INTEGER)
    return pl.when(whole).then(number).cast(pl.Int64)


def _cell_findings(table: Table, text: pl.DataFrame, typed: pl.DataFrame) -> Iterator[Finding]:
    for column in table.columns:
        given, kept = text[column.name].is_not_null(), typed[column.name].is_not_null()
        if column.required and not given.all():
            yield Finding(~given, column.name, *EMPTY)
        spoilt = given & ~kept
        if spoilt.any():
            yield from _spoilt_findings(column, text[column.name], spoilt)


def _spoilt_findings(column: Column, text: pl.Series, spoilt: pl.Series) -> Iterator[Finding]:
    if column.kind == "id":
        yield Finding(rounded(text), column.name, *ROUNDED)
        yield Finding(lookalike(text), column.name, *LOOKALIKE)
        return
    if column.kind not in ("number", "money", "integer"):
        yield Finding(spoilt, column.name, *_refusal(column))
        return
    number = text.cast(pl.Float64, strict=False).is_finite().fill_null(value=False)
    yield Finding(spoilt & ~number, column.name, *NOT_A_NUMBER)
    yield Finding(spoilt & number, column.name, *_refusal(column))


def _order_findings(table: Table, typed: pl.DataFrame) -> Iterator[Finding]:
    for first, second in ORDERED:
        if {first, second} <= table.by_name.keys():
            early = (typed[second] < typed[first]).fill_null(value=False)
            reason = f"早于 {first} / lies before {first}"
            yield Finding(early, second, reason, "核对两个日期 / check both dates at the source")


def _late_findings(typed: pl.DataFrame, delivered_on: date | None) -> Iterator[Finding]:
    if delivered_on is not None:
        late = (typed["recorded_on"] > delivered_on).fill_null(value=False)
        yield Finding(late, "recorded_on", f"晚于交付日 {delivered_on} / lies after the delivery", CHECK_DATE)


CHECK_DATE = "核对日期 / check the date at the source"
EMPTY = ("必填项为空 / required cell is empty", "补录 / enter the value at the source")
ROUNDED = (
    "编号被表格软件改成数字 / a spreadsheet rounded this id",
    "把该列设为文本后重新导出 / format the column as text and export again",
)
LOOKALIKE = (
    "编号含全角或不可见字符 / full-width or invisible characters in this id",
    "改为半角重新填写 / type it again in plain digits and letters",
)
NOT_A_NUMBER = ("不是数字 / not a number", "只填数字 / enter digits with a point, no unit and no comma")


def _refusal(column: Column) -> tuple[str, str]:
    if column.kind == "date":
        return (
            f"不是有效日期 / not a date between {EARLIEST} and {LATEST}",
            "按年-月-日填写 / write it as YYYY-MM-DD, leave open ends empty",
        )
    if column.kind == "code":
        allowed = ", ".join(column.codes)
        return (
            f"代码未知 / unknown code; allowed: {allowed}",
            "改用允许的代码 / use an allowed code",
        )
    if column.kind == "flag":
        return ("不是是或否 / neither yes nor no", "填 是 或 否 / enter true or false")
    return (_bounds(column), "核对数值和单位 / check the value and its unit")


def _bounds(column: Column) -> str:
    low = "-∞" if column.low is None else f"{column.low:g}"
    high = "∞" if column.high is None else f"{column.high:g}"
    whole = "，须为整数" if column.kind == "integer" else ""
    kind = "whole number" if column.kind == "integer" else "number"
    return f"超出 {low} 至 {high}{whole} / not a {kind} from {low} to {high}"
