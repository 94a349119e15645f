"""Fill one register column from delivered columns: rename, recode, add up, spell a date."""

import re
from collections.abc import Mapping
from fractions import Fraction

import polars as pl

from register.cells.blanks import trimmed
from register.cells.dates import days
from register.cells.numbers import numbers
from register.cells.typed_cells import CELL_KINDS
from register.sources.mapping_cell import Cell

#: What is counted with: digits, a point, at most 18 of them behind it. Anything else is left to casting.
PLAIN_NUMBER = r"^[+-]?[0-9]{1,15}(\.[0-9]{1,18})?$"
#: Such a text stands for itself and for no amount: 099 is not 99.
BEGINS_WITH_ZERO = re.compile("[-+]?0[0-9]")
#: An age; a column of numbers that had gaps leaves .0.
WHOLE_YEARS = r"^([0-9]{1,2}|1[01][0-9])(?:\.0+)?$"
DECIMAL = pl.Decimal(38, 18)
UNLISTED = (
    "映射中没有该取值 / the mapping lists no such value",
    "更正该值，或在映射中补充 / correct the value, or add it to the mapping",
)


TOO_SHORT = (
    "比映射要取的部分短 / shorter than the part that the mapping takes",
    "核对该值，或更正映射的 part / check the value, or correct part in the mapping",
)


def kind_filled(cell: Cell) -> pl.Expr | None:
    """Give what a filled cell is, over the kinds of the delivered ones; None where text is made anew.

    Of several joined or added the strangest counts: a date among names is a date.
    """
    if not cell.headers or cell.codes is not None or cell.date or cell.part or cell.aged_on:
        return None
    ranks = pl.max_horizontal(pl.col(header).to_physical() for header in cell.headers)
    return ranks.replace_strict(dict(enumerate(CELL_KINDS.categories)), return_dtype=CELL_KINDS)


def filled(cell: Cell, pieces: Mapping[str, str]) -> pl.Expr:
    """Give the text of a register column.

    Parameters
    ----------
    cell : Cell
    pieces : mapping of str to str
        Pieces of the path.

    Returns
    -------
    Expr
        Over the delivered columns, String. What can not be changed as the mapping says
        stays as it is or is marked so that no cast accepts it; it is never guessed.
    """
    text = _changed(_origin(cell, pieces), cell)
    if cell.aged_on:
        return _born(text, filled(cell.aged_on, pieces))
    if cell.codes is None:
        return text
    return text.replace_strict(
        list(cell.codes), list(cell.codes.values()), default=text, return_dtype=pl.String()
    )


def unlisted(cell: Cell, pieces: Mapping[str, str]) -> pl.Expr | None:
    """Say which rows hold a text that the cell's codes do not list; None where it has no codes."""
    if cell.codes is None or cell.each:
        return None
    known = [*cell.codes, *(code for code in cell.codes.values() if code)]
    text = _changed(_origin(cell, pieces), cell)
    return text.is_not_null() & ~text.is_in(known)


def too_short(cell: Cell) -> pl.Expr | None:
    """Say which rows hold a text that ends before the part that the mapping takes; None without a part."""
    if not (cell.part and cell.headers):
        return None
    return _ends_early(_origin(cell, {}), cell.part[1]).fill_null(value=False)


def items(cell: Cell) -> pl.Expr:
    """Give the things a cell lists, separated by , ， 、 ; or ；."""
    text = delivered(cell.headers[0], cell).str.replace_all(r"\s*[,，、;；]\s*", ",")
    return text.str.strip_chars(",").str.split(",")


def delivered(header: str, cell: Cell) -> pl.Expr:
    """Give a delivered column without blanks around; empty and what the cell declares missing is missing."""
    text = trimmed(pl.col(header))
    if not cell.missing:
        return text
    codes = pl.DataFrame({"code": [code for code in cell.missing if not BEGINS_WITH_ZERO.match(code)]})
    amounts = codes.select(numbers(pl.col("code").cast(pl.String))).to_series().drop_nulls()
    stands_for_none = text.is_in(list(cell.missing)) | numbers(text).is_in(amounts.implode()).fill_null(
        value=False
    )
    return pl.when(~stands_for_none).then(text)


def _origin(cell: Cell, pieces: Mapping[str, str]) -> pl.Expr:
    if cell.add:
        return _sum([delivered(header, cell) for header in cell.headers])
    if cell.headers:
        return pl.concat_str([delivered(header, cell) for header in cell.headers], separator="-")
    return pl.lit(cell.constant or pieces[cell.piece or ""], pl.String())


def _changed(text: pl.Expr, cell: Cell) -> pl.Expr:
    if cell.part:
        first, last = cell.part
        text = pl.when(~_ends_early(text, last)).then(text.str.slice(first - 1, last - first + 1))
    if cell.date:
        text = _dated(text, cell.date, cell.day)
    if cell.factor != 1:
        marked = pl.format("{} × {}", text, pl.lit(cell.factor))
        text = pl.when(_is_plain(text)).then(_multiplied(text, cell.factor)).otherwise(marked)
    return text


def _multiplied(text: pl.Expr, factor: int | str) -> pl.Expr:
    """Multiply plain numbers exactly; of a fraction to 18 digits behind the point."""
    share = Fraction(factor)
    return _written((_number(text) * share.numerator).cast(DECIMAL) / pl.lit(share.denominator, DECIMAL))


def _born(age: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Give the middle of the twelve months in which a person of that age on that day was born.

    What is no age in whole years stays marked, so that no cast takes it for a date.
    """
    interview = day.map_batches(days, return_dtype=pl.Date)
    years = age.str.extract(WHOLE_YEARS).cast(pl.Int64)
    born = interview.dt.offset_by(pl.format("-{}mo", years * 12 + 6))
    marked = pl.when(age.str.contains("[0-9]")).then(pl.format("{} 岁", age)).otherwise(age)
    return pl.coalesce(born.dt.to_string("%Y-%m-%d"), marked)


def _ends_early(text: pl.Expr, last: int) -> pl.Expr:
    return text.str.len_chars() < last


def _sum(parts: list[pl.Expr]) -> pl.Expr:
    plain = pl.all_horizontal(part.is_null() | _is_plain(part) for part in parts)
    total = pl.fold(
        pl.lit(0, DECIMAL), lambda so_far, part: so_far + part, [_number(part).fill_null(0) for part in parts]
    )
    marked = pl.concat_str(parts, separator=" + ", ignore_nulls=True)
    some = pl.any_horizontal(part.is_not_null() for part in parts)
    return pl.when(some & plain).then(_written(total)).when(some).then(pl.format("{} +", marked))


def _is_plain(text: pl.Expr) -> pl.Expr:
    return text.str.contains(PLAIN_NUMBER)


def _number(text: pl.Expr) -> pl.Expr:
    return pl.when(_is_plain(text)).then(text).cast(DECIMAL, strict=False)


def _written(number: pl.Expr) -> pl.Expr:
    return number.cast(DECIMAL).cast(pl.String).str.replace(r"\.?0+$", "")


def _dated(text: pl.Expr, spelling: str, day: str | None) -> pl.Expr:
    """Write a date as YYYY-MM-DD; a text spelled otherwise stays as it is, for casting to judge."""
    parts = text.str.extract_groups(_pattern(spelling))
    month = _two(parts.struct.field("m")) if "MM" in spelling else pl.lit("12" if day == "last" else "01")
    date = _two(parts.struct.field("d")) if "DD" in spelling else pl.lit("01")
    made = pl.format("{}-{}-{}", parts.struct.field("y"), month, date).str.to_date("%Y-%m-%d", strict=False)
    chosen = made.dt.month_end() if day == "last" else made
    return pl.coalesce(chosen.dt.to_string("%Y-%m-%d"), text)


def _pattern(spelling: str) -> str:
    """Write a spelling as a regular expression; a month or day that signs part may lack its zero."""
    whole = re.escape(spelling).replace("YYYY", "(?P<y>[0-9]{4})")
    for field, name in (("MM", "m"), ("DD", "d")):
        is_parted = re.search(rf"(?:^|[^YMD]){field}(?:[^YMD]|$)", spelling)
        whole = whole.replace(field, f"(?P<{name}>[0-9]{{{'1,' if is_parted else ''}2}})")
    return f"^{whole}$"


def _two(digits: pl.Expr) -> pl.Expr:
    return digits.str.zfill(2)
