"""From text to types, cell by cell: every cell that will not do is named, never guessed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

import polars as pl

from register.cells.blanks import trimmed
from register.cells.characters import DAMAGED_TEXT, damaged
from register.cells.dates import date_faults, days
from register.cells.no_value import BENEATH, NO_VALUE, marks_no_value, names_nothing, stands_beneath
from register.cells.numbers import (
    NOT_A_NUMBER,
    code_out_of_bounds,
    looks_like_no_answer,
    numbers,
    out_of_bounds,
    within,
)
from register.cells.several import kept
from register.cells.typed_cells import misfits
from register.contract import Column, Table
from register.errors import ContractError
from register.ids.identifiers import cut_short, lookalike, shortened, turned_to_date, zeroed
from register.intake.overruling import ZEROS, overrule
from register.quarantine import Finding, reasons_of
from register.sources.delivery import RawTable, row_numbers
from register.sources.header import refuse_headless, safe_names

#: With what programs write: t (databases), 1.0 (columns that had gaps).
TRUE = ("true", "1", "yes", "y", "t", "1.0", "是", "有", "真")
FALSE = ("false", "0", "no", "n", "f", "0.0", "否", "无", "假")
NUMERIC = ("number", "money", "integer")
#: Rows, and in Chinese and English what is wrong with their cell and what to do.
_Fault = tuple[pl.Series, tuple[str, str]]
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
    overruled : DataFrame
        The same of every cell that would be bad, but for a signature.
    """

    frame: pl.DataFrame
    reasons: pl.DataFrame
    overruled: pl.DataFrame


def cast(
    raw: RawTable, table: Table, delivered_on: date | None = None, unrounded: Iterable[str] = ()
) -> Cast:
    """Cast every cell of a table and say what is wrong with those that fail.

    Parameters
    ----------
    raw : RawTable
        Text as it was found; columns in any order.
    table : Table
        Its contract; optional columns that are absent become missing.
    delivered_on : date, optional
        No record may be recorded later; unchecked by default.
    unrounded : iterable of str
        Id columns whose zeros at the end are signed for (`register.intake.overruling`).

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
    raw, overruled = overrule(raw, unrounded)
    cleaned = raw.frame.select(_cleaned(column, raw.frame) for column in table.columns)
    # What the source speaks against is judged no further: one reason is enough.
    source_faults = dict(_by_column(raw, table))
    trusted = cleaned.with_columns(_without(cleaned[name], [rows]) for name, rows in source_faults.items())
    unfit = {column.name: _unfit(column, trusted[column.name], raw.kinds) for column in table.columns}
    text = trusted.with_columns(
        _without(trusted[name], [rows for rows, _ in faults]) for name, faults in unfit.items()
    )
    typed = text.select(_typed(column, text[column.name]).alias(column.name) for column in table.columns)
    findings = [
        *raw.findings,
        *_cell_findings(table, _empty(table, cleaned, source_faults), unfit, text, typed),
        *_order_findings(table, typed),
        *_late_findings(typed, delivered_on),
    ]
    rows = row_numbers(len(text)) if raw.rows is None else raw.rows
    frame = typed.with_columns(pl.lit(raw.file).alias("file"), rows.alias("row"))
    return Cast(frame, reasons_of(frame, findings), reasons_of(frame, overruled))


def check_header(raw: RawTable, table: Table) -> None:
    """Refuse a table that lacks a required column or brings one the contract does not know."""
    missing = [name.name for name in table.columns if name.required and name.name not in raw.frame.columns]
    unknown = sorted(set(raw.frame.columns) - table.by_name.keys())
    if missing or unknown:
        refuse_headless(raw.file, raw.frame.columns, table.by_name)
        names = safe_names(unknown, raw.frame.columns, table.by_name)
        raise ContractError(
            f"{raw.file}: found unknown columns {names} and no columns {missing}; allowed are "
            f"{list(table.by_name)}; rename or remove the columns and run again"
        )


def _cleaned(column: Column, frame: pl.DataFrame) -> pl.Expr:
    if column.name not in frame.columns:
        return pl.lit(None, dtype=pl.String).alias(column.name)
    return trimmed(pl.col(column.name)).alias(column.name)


def _unfit(column: Column, cells: pl.Series, kinds: pl.DataFrame | None) -> list[_Fault]:
    """List what is wrong with the cells themselves, before any is read as a value."""
    own_kinds = None if kinds is None or column.name not in kinds.columns else kinds[column.name]
    known = cells.is_not_null()  # a source may have spoken against the others
    faults = (
        [] if own_kinds is None else [(rows & known, reason) for rows, reason in misfits(column, own_kinds)]
    )
    if column.kind == "id" and own_kinds is None:
        ids = cells.unique()  # a household stands in many rows, and looks are slow
        judged = [(ids.filter(bad), reason) for bad, reason in _id_faults(column, ids, None)]
        faults += [(cells.is_in(bad.implode()) & known, reason) for bad, reason in judged if len(bad)]
    elif column.kind == "id":
        faults += _id_faults(column, cells, own_kinds)
    if column.kind == "text":
        faults.append((damaged(cells), DAMAGED_TEXT))
    return [(rows, reason) for rows, reason in faults if rows.any()]


def _id_faults(column: Column, ids: pl.Series, kinds: pl.Series | None) -> list[_Fault]:
    alike = lookalike(ids)
    cut, is_text = cut_short(ids), _is_text(ids, kinds)
    faults = [(cut & ~is_text, ROUNDED), (cut & is_text, ROUNDED_BEFORE), (zeroed(ids, kinds), ZEROS)]
    faults += [(turned_to_date(ids), TURNED), (alike, LOOKALIKE)]
    faults.append((damaged(ids) & ~alike, DAMAGED_TEXT))
    faults += [(names_nothing(ids), _no_value(column)), (stands_beneath(ids), BENEATH)]
    return faults if kinds is None else [*faults, (shortened(ids, kinds), SHORTENED)]


def _is_text(ids: pl.Series, kinds: pl.Series | None) -> pl.Series:
    if kinds is None:
        return pl.repeat(value=False, n=len(ids), eager=True)
    return (kinds == "text").fill_null(value=False)


def _without(cells: pl.Series, spoilt: Sequence[pl.Series]) -> pl.Series:
    for rows in spoilt:
        cells = cells.set(rows, None)
    return cells


def _by_column(raw: RawTable, table: Table) -> Iterator[tuple[str, pl.Series]]:
    """Give the rows that the source speaks against, by column."""
    for name in dict.fromkeys(one.column for one in raw.findings if one.column in table.by_name):
        rows = [one.rows for one in raw.findings if one.column == name]
        yield name, reduce(or_, rows)


def _empty(
    table: Table, cleaned: pl.DataFrame, source_faults: Mapping[str, pl.Series]
) -> Mapping[str, pl.Series]:
    """Give the rows that lack what must stand there, by column."""
    needed = [column.name for column in table.columns if column.required]
    missing = {name: cleaned[name].is_null() for name in needed}
    return {
        name: rows & ~source_faults[name] if name in source_faults else rows for name, rows in missing.items()
    }


def _typed(column: Column, cells: pl.Series) -> pl.Expr:
    text = pl.col(column.name)
    if column.kind == "date":
        return pl.lit(days(cells))
    if column.kind in NUMERIC:
        return within(numbers(text), column)
    if column.kind == "flag":
        lower = text.str.to_lowercase()
        return pl.when(lower.is_in(TRUE)).then(statement=True).when(lower.is_in(FALSE)).then(statement=False)
    if column.kind == "code":
        return pl.when(text.is_in(column.codes)).then(text)
    if column.most:
        whole = {cell: kept(cell, column.codes, column.most) for cell in cells.unique().drop_nulls()}
        return text.replace_strict(whole, default=None, return_dtype=pl.String())
    return text


def _cell_findings(
    table: Table,
    empty: Mapping[str, pl.Series],
    unfit: Mapping[str, list[_Fault]],
    text: pl.DataFrame,
    typed: pl.DataFrame,
) -> Iterator[Finding]:
    for column in table.columns:
        name = column.name
        faults = [(empty[name], EMPTY)] if column.required else []
        faults += unfit[name]
        spoilt = text[name].is_not_null() & typed[name].is_null()
        if spoilt.any():
            strange = text[name].filter(spoilt).unique()
            unsaid = spoilt & text[name].is_in(strange.filter(marks_no_value(strange)).implode())
            faults += [(unsaid, _no_value(column)), *_unread(column, text[name], spoilt & ~unsaid)]
        for rows, reason in faults:
            if rows.any():
                yield Finding(rows, name, *reason)


def _unread(column: Column, text: pl.Series, spoilt: pl.Series) -> list[_Fault]:
    """Say why cells of a good kind can not be read as the column wants."""
    if column.kind == "date":
        return list(date_faults(text, spoilt))
    if column.kind == "code":
        return [(spoilt, (f"代码未知 / unknown code; allowed: {', '.join(column.codes)}", ALLOWED_CODE))]
    if column.most:
        codes = ", ".join(column.codes)
        return [
            (
                spoilt,
                (
                    f"代码未知或多于{column.most}个 / unknown or more than {column.most}; allowed: {codes}",
                    ALLOWED_CODES,
                ),
            )
        ]
    if column.kind == "flag":
        return [(spoilt, NO_FLAG)]
    number = pl.select(numbers(pl.lit(text))).to_series()
    coded = spoilt & pl.select(looks_like_no_answer(pl.lit(number))).to_series()
    beyond = spoilt & number.is_not_null() & ~coded
    return [
        (spoilt & number.is_null(), NOT_A_NUMBER),
        (coded, code_out_of_bounds(column)),
        (beyond, out_of_bounds(column)),
    ]


def _no_value(column: Column) -> tuple[str, str]:
    """Say that a cell holds a word for no value; where one must stand, leaving it empty is no help."""
    return (NO_VALUE[0], EMPTY[1]) if column.required else NO_VALUE


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
ALLOWED_CODE = "改用允许的代码 / use an allowed code"
ALLOWED_CODES = "改用允许的代码，用分号隔开 / use allowed codes, parted by semicolons"
EMPTY = ("必填项为空 / required cell is empty", "补录 / enter the value at the source")
NO_FLAG = ("不是是或否 / neither yes nor no", "填 是 或 否 / enter true or false")
ROUNDED = (
    "编号被表格软件改成数字 / a spreadsheet rounded this id",
    "从原系统按文本列导出 .xlsx，CSV 看不出 / export again from the system as .xlsx, the column as text",
)
ROUNDED_BEFORE = (
    "文本里的编号带指数或小数点 / a text that holds an id with a power or a point, as numbers are written",
    (
        "该列已是文本，改格式无用：从原系统重新导出编号 / the column is text already and formatting it is no "
        "help: export the ids again from the system"
    ),
)
TURNED = (
    "编号被表格软件改成日期 / a spreadsheet made a date of this id",
    "把该列设为文本，重新填写原编号 / format the column as text and enter the id anew",
)
SHORTENED = (
    "编号存成了数字，丢了前面的零 / an id stored as a number lost the zeros it begins with",
    "把该列设为文本后重新导出 / format the column as text and export again",
)
LOOKALIKE = (
    "编号含全角或不可见字符 / full-width or invisible characters in this id",
    "改为半角重新填写 / type it again in plain digits and letters",
)
