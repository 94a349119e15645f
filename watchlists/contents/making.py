"""Make the tables of a release from the files it holds, and from what stands in none of them."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from register.atomic import write_text
from watchlists.contents.published import published_tables
from watchlists.contents.schema import SCHEMA_FILE, schema_text
from watchlists.contents.tables import EVIDENCE_ROW, NESTED, TRIAL_ROW, VERSION, tables
from watchlists.release.database import DATABASE, write_database

Rows = dict[str, pl.DataFrame]


def write_contents(
    folder: Path,
    files: Mapping[str, pl.DataFrame],
    planned: pl.DataFrame,
    evaluation: Mapping[str, pl.DataFrame],
) -> dict[str, int | None]:
    """Write the release as data: one database, and the schema that says what it holds.

    Parameters
    ----------
    folder : Path
        The release that is being made.
    files : mapping of str to DataFrame
        Its Parquet files by name: all that `watchlists.contents.tables.tables` names.
    planned : DataFrame
        `watchlists.ledger.tasks.TASKS`, before anybody went.
    evaluation : mapping of str to DataFrame
        Tables that may be published (`watchlists.report.published_evaluation`); empty where a
        model was not judged.

    Returns
    -------
    dict of str to int or None
        Rows by file: of the database those of all its tables.

    Raises
    ------
    StoreError
        When a table has a column that is not declared, or lacks one.
    """
    rows = {**rows_of_files(files), "tasks": planned, **published_tables(evaluation)}
    declared = {table: rows[name].sort(table.key, maintain_order=True) for name, table in tables().items()}
    write_database(folder / DATABASE, declared, VERSION)
    write_text(folder / SCHEMA_FILE, schema_text())
    return {DATABASE: sum(len(one) for one in declared.values()), SCHEMA_FILE: None}


def rows_of_files(files: Mapping[str, pl.DataFrame]) -> Rows:
    """Give the rows of every table that files of a release hold, as they hold them.

    What stands in a cell of lists of structures (`NESTED`) becomes a table of its own.
    """
    rows = {name: files[one.file] for name, one in tables().items() if one.file and one.file in files}
    explained = rows.get("explanations", pl.DataFrame())
    for name, columns in zip(NESTED, (EVIDENCE_ROW, TRIAL_ROW), strict=True):
        if name in explained.columns:
            rows[name] = _unnested(explained, name, columns)
    return rows | ({"explanations": explained.drop(NESTED, strict=False)} if explained.width else {})


def _unnested(explained: pl.DataFrame, name: str, columns: tuple[str, ...]) -> pl.DataFrame:
    """Give a row an element, with its place among those of the household."""
    named = explained.select("household_id", pl.col(name).alias("one"))
    placed = named.with_columns(pl.int_ranges(pl.col("one").list.len()).alias("position"))
    each = placed.explode("one", "position").drop_nulls("one").unnest("one")
    return each.select(columns)
