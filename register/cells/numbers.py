"""A number as people and systems write it, and the ones that stand for no answer."""

import polars as pl

from register.contract import Column

#: Plain digits, a point, perhaps a power of ten. Without it `inf`, `nan` and other digits slip in.
PLAIN = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
#: Above it a float no longer holds every whole number.
LARGEST_INTEGER = 2.0**53
#: Surveys write refused, not known and not asked as 99998, 99999, 77777 or -9 (IPUMS, DHS, INDEC).
NINES = r"^(9+[789]|7{2,}|8{2,})$"
NEGATIVE_CODE = r"^-([12789]|9+[789]|7{2,}|8{2,})$"

NOT_A_NUMBER = (
    "不是数字 / not a number",
    "只填半角数字和小数点，万元化为元 / enter plain digits with a point: no unit, comma, % or currency",
)
DECLARE = (
    "若是则留空，或写进列映射的 missing；若不是则更正 / if it is one, leave the cell empty or list it under "
    "missing in a mapping; if not, correct the value"
)


def numbers(text: pl.Expr) -> pl.Expr:
    """Read finite numbers; anything else is missing.

    Examples
    --------
    >>> texts = pl.DataFrame({"a": ["1e3", "+5", "1,200", "inf", "１２", "0x10"]})
    >>> texts.select(numbers(pl.col("a")))["a"].to_list()
    [1000.0, 5.0, None, None, None, None]
    """
    number = pl.when(text.str.contains(PLAIN)).then(text).cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number + 0.0)  # there is no zero below zero


def within(number: pl.Expr, column: Column) -> pl.Expr:
    """Keep the numbers that a column may hold, in its type."""
    good = pl.lit(value=True)
    if column.low is not None:
        good &= number >= column.low
    if column.high is not None:
        good &= number <= column.high
    if column.kind != "integer":
        return pl.when(good).then(number)
    whole = good & (number == number.floor()) & (number.abs() <= LARGEST_INTEGER)
    return pl.when(whole).then(number).cast(pl.Int64)


def digits(number: pl.Expr) -> pl.Expr:
    """Write whole numbers with all their digits; others are missing."""
    whole = (number == number.floor()) & (number.abs() <= LARGEST_INTEGER)
    return pl.when(whole).then(number).cast(pl.Int64, strict=False).cast(pl.String)


def looks_like_no_answer(number: pl.Expr) -> pl.Expr:
    """Say which are nines only (the last may be 7 or 8), sevens or eights only, or a negative code.

    Examples
    --------
    >>> frame = pl.DataFrame({"a": [9999998.0, -9.0, 99.5, 1000.0]})
    >>> frame.select(looks_like_no_answer(pl.col("a")))["a"].to_list()
    [True, True, False, False]
    """
    written = digits(number)
    return (written.str.contains(NINES) | written.str.contains(NEGATIVE_CODE)).fill_null(value=False)


def out_of_bounds(column: Column) -> tuple[str, str]:
    """Say what a column allows."""
    return (
        f"超出 {_bounds_zh(column)} / not a {_bounds_en(column)}",
        "核对数值和单位 / check the value and its unit",
    )


def code_out_of_bounds(column: Column) -> tuple[str, str]:
    """Say the same of a number that looks like a code for no answer."""
    return (
        f"超出 {_bounds_zh(column)}，像“不回答”代码 / not a {_bounds_en(column)}; like a code for no answer",
        DECLARE,
    )


def _bounds_zh(column: Column) -> str:
    return f"{_low(column)} 至 {_high(column)}{'，须为整数' if column.kind == 'integer' else ''}"


def _bounds_en(column: Column) -> str:
    return (
        f"{'whole number' if column.kind == 'integer' else 'number'} from {_low(column)} to {_high(column)}"
    )


def _low(column: Column) -> str:
    return "-∞" if column.low is None else f"{column.low:g}"


def _high(column: Column) -> str:
    return "∞" if column.high is None else f"{column.high:g}"
