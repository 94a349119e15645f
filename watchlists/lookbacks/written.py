"""What stood in the cells of a row that came back, word for word: an officer corrects what they wrote."""

from collections.abc import Mapping

import polars as pl

from register.sources.delivery import Sheet
from watchlists.lookbacks.columns import HANDED_OUT
from watchlists.lookbacks.pages import heading


def written_cells(sheet: Sheet, names: Mapping[int, str]) -> pl.DataFrame:
    """Keep the cells under headings that were handed out.

    Parameters
    ----------
    sheet : Sheet
        The page as text, before any word of it is understood.
    names : mapping of int to str
        Column, counted from one -> its heading.

    Returns
    -------
    DataFrame
        ``row``, the number that people see, and a column a heading by its Chinese part; of
        two with one heading the first.
    """
    columns: dict[str, str] = {}
    for column, text in sorted(names.items()):
        if (zh := heading(text)) in HANDED_OUT:
            columns.setdefault(zh, sheet.frame.columns[column - 1])
    return sheet.frame.select(
        sheet.rows.alias("row"), *(pl.col(name).alias(zh) for zh, name in columns.items())
    )
