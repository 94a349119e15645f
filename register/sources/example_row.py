"""The example row of a template: how a table is filled in, plainly nobody's, never read as data."""

from pathlib import Path

import polars as pl

from register.contract import Column, Table
from register.errors import ContractError
from register.sources.chinese_words import folded
from register.sources.delivery import Sheet

#: Stands where a row says whose it is; no household or village is called so.
EXAMPLE = "示例"
NOT_READ = "模板的示例行未读取 / the template's example row, not read"
#: What an example holds by the kind of a column; numbers lie within every declared bound.
VALUES = {"id": EXAMPLE, "text": EXAMPLE, "date": "2025-01-31", "flag": "是"}
NUMBER, MONEY = "1", "1000"
#: What goes on has no end yet.
ENDS = ("valid_to", "ended_on")


def example(table: Table) -> dict[str, str]:
    """Fill in a row of a table as an officer would; a coded cell holds its Chinese word.

    Examples
    --------
    >>> from register.tables import TABLES
    >>> example(TABLES["water"])["household_id"], example(TABLES["water"])["recorded_on"]
    ('示例', '2025-01-31')
    """
    return {column.name: _value(column) for column in table.columns}


def without_example(path: Path, sheet: Sheet, table: Table) -> Sheet:
    """Leave out the rows that are the template's example.

    Parameters
    ----------
    path : Path
        For messages.
    sheet : Sheet
        With the register's names and codes (`register.sources.chinese_words`).
    table : Table

    Raises
    ------
    ContractError
        When such a row was filled in but is still nobody's.
    """
    own = table.columns[0].name
    if own not in sheet.frame.columns or not (marked := _is_example(sheet.frame[own])).any():
        return sheet
    rows, untouched = sheet.where(marked), _untouched(table)
    for number, cells in zip(rows.rows, rows.frame.iter_rows(named=True), strict=True):
        if any(folded(cell or "") not in ("", untouched[name]) for name, cell in cells.items()):
            raise ContractError(
                f"{path} row {number}: {own} is still {EXAMPLE}, as in the template's example, but the row "
                f"was filled in; enter its own {own} ({table.columns[0].zh}), or delete the row"
            )
    return sheet.where(~marked)


def _value(column: Column) -> str:
    if column.name in ENDS:
        return ""
    if column.meanings:
        return next(iter(column.meanings.values()))
    return VALUES.get(column.kind) or (MONEY if column.kind == "money" else NUMBER)


def _is_example(cells: pl.Series) -> pl.Series:
    spelt = [cell for cell in cells.unique().drop_nulls() if folded(cell) == EXAMPLE]
    return cells.is_in(spelt).fill_null(value=False)


def _untouched(table: Table) -> dict[str, str]:
    """Give the example as it is read: a word has become its code."""
    return {
        name: table.by_name[name].codes[0] if table.by_name[name].codes else value
        for name, value in example(table).items()
    }
