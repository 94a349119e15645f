"""When two rows are about one visit, and what the version that holds says of it."""

from collections.abc import Collection, Mapping

import polars as pl

from register.lookback_store import holding
from register.tables.lookbacks import LOOKBACKS

ROW = ["file", "row"]
VISIT = ["source_kind", *LOOKBACKS.key]
#: A household on a list, whoever visited it when.
LISTED = ["source_kind", "list_id", "household_id"]
#: What may be corrected about a visit.
CORRECTABLE = [name for name in LOOKBACKS.schema if name not in (*LOOKBACKS.key, "season", "recorded_on")]
#: A visit is told again when all of this is the same; whose list led to it and when it was entered is not.
CONTENT = [*VISIT, *CORRECTABLE]
BEFORE = "_before"


def beside_stored(rows: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """Put what was read back of the same visit beside every row.

    Parameters
    ----------
    rows : DataFrame
        `CONTENT` and more.
    stored : DataFrame
        `register.lookback_store.LookbackStore.records`.

    Returns
    -------
    DataFrame
        `rows` in their order, with every column of `CORRECTABLE` again as ``<name>_before``,
        missing where the visit is new, or was withdrawn.
    """
    holds = holding(stored).select(*VISIT, *(pl.col(name).alias(f"{name}{BEFORE}") for name in CORRECTABLE))
    return rows.join(holds, on=VISIT, how="left", maintain_order="left")


def as_before_where_unsaid(
    rows: pl.DataFrame, stored: pl.DataFrame, columns_by_file: Mapping[str, Collection[str]]
) -> pl.DataFrame:
    """Let a column that a page lacks say what was read back before: its absence says nothing.

    Parameters
    ----------
    rows : DataFrame
        `CONTENT`, ``file`` and more.
    stored : DataFrame
        `register.lookback_store.LookbackStore.records`.
    columns_by_file : mapping of str to collection of str
        File -> the columns its page has.
    """
    both = beside_stored(rows, stored)
    for name in CORRECTABLE:
        lacking = pl.col("file").is_in(
            [file for file, columns in columns_by_file.items() if name not in columns]
        )
        both = both.with_columns(pl.when(lacking).then(f"{name}{BEFORE}").otherwise(name).alias(name))
    return both.select(rows.columns)
