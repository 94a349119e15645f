"""Where something stands, as the person who filled in the sheet sees it: cell and heading."""

from collections.abc import Iterable

import polars as pl

from register.tables.lookbacks import LOOKBACKS
from watchlists.lookbacks.sheet import Filled

PLACED = {
    "file": pl.String(),
    "row": pl.UInt32(),
    "cell": pl.String(),
    "heading": pl.String(),
    "reason": pl.String(),
    "next_step": pl.String(),
}


def place_of(filled: Filled, field: str, row: int) -> str:
    """Name a cell such as ``回头看!F5``; without a letter where the page lacks the column."""
    return f"{filled.page}!{filled.letters.get(field, '')}{row}"


def placed(reasons: pl.DataFrame, sheets: Iterable[Filled]) -> pl.DataFrame:
    """Give every reason its cell and heading; of several about one cell the first.

    Parameters
    ----------
    reasons : DataFrame
        `register.quarantine.REASONS`, columns by the names of the contract.
    sheets : iterable of Filled
        The workbooks they are about.

    Returns
    -------
    DataFrame
        `PLACED`, by file and row.
    """
    by_file = {one.file: one for one in sheets}
    first = reasons.unique(["file", "row", "column"], keep="first", maintain_order=True)
    rows = [
        (file, row, place_of(by_file[file], field, row), LOOKBACKS.by_name[field].zh, reason, step)
        for file, row, columns, reason, step in first.sort("file", "row", maintain_order=True).iter_rows()
        # A finding about several columns is told at the first of them.
        for field in columns.split("+")[:1]
    ]
    return pl.DataFrame(rows, schema=PLACED, orient="row")
