"""Which kind of typed cell a column may hold: a spreadsheet that made a date of 3-1 says so."""

from collections.abc import Iterator

import polars as pl

from register.contract import Column, Kind

#: What a workbook, Parquet file or database says a cell is; missing where nothing is said, as in CSV.
CELL_KINDS = pl.Enum(["text", "number", "flag", "date"])
#: What a column may hold; text and what casting reads of it always may stand there.
_HOLDS: dict[Kind, tuple[str, ...]] = {
    "id": ("text", "number"),
    "text": ("text", "number"),
    "code": ("text", "number"),
    "codes": ("text", "number"),
    "number": ("text", "number"),
    "money": ("text", "number"),
    "integer": ("text", "number"),
    "flag": ("text", "number", "flag"),
    "date": ("text", "number", "date"),
}
#: A number of so many digits that it has lost its end.
LOST_DIGITS = (
    "长编号存成了数字，末位已丢失 / a long number was stored as a number and lost its last digits",
    "把该列设为文本后重新导出 / format the column as text and export again",
)
_MISFITS = {
    "date": (
        "单元格是日期，该列不收日期（3-1 会被表格软件变成日期） / a date cell in a column that holds none",
        "把该列设为文本或数字，重新填写原值 / format the column as text or number and enter the value anew",
    ),
    "flag": (
        "单元格是逻辑值，该列不收逻辑值 / a truth value in a column that holds none",
        "填写原值 / enter the value itself",
    ),
}


def misfits(column: Column, kinds: pl.Series) -> Iterator[tuple[pl.Series, tuple[str, str]]]:
    """Give the rows whose cell is of a kind that the column cannot hold, and why."""
    for kind, fault in _MISFITS.items():
        if kind not in _HOLDS[column.kind]:
            yield (kinds == kind).fill_null(value=False), fault
