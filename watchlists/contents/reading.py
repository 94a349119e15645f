"""Read the tables of a release, whichever version of the code made it."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing

import polars as pl

from register.atomic import read_parquet
from watchlists.contents.making import rows_of_files
from watchlists.contents.tables import VERSION, tables
from watchlists.release.database import DATABASE, fill, open_database, read_only
from watchlists.release.manifest import NewerReleaseError
from watchlists.release.store import Release

Rows = Mapping[str, pl.DataFrame]


def opened(release: Release) -> sqlite3.Connection:
    """Open a release's tables for questions, in today's shape.

    Parameters
    ----------
    release : Release
        Verified (`watchlists.release.store.open_release`); one from before there was a database is read
        from its Parquet files into memory. Tables that such a one lacks have no row.

    Returns
    -------
    sqlite3.Connection
        Read only; a row gives its columns by name. `watchlists.contents.tables.tables` says which. The
        caller closes it.

    Raises
    ------
    StoreError
        When a file has changed since the release was opened.
    NewerReleaseError
        When a newer version of the code made it.
    """
    if not release.holds(DATABASE):
        return _in_memory(release)
    path = release.path(DATABASE)
    database = open_database(path)
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        database.close()
        raise NewerReleaseError(
            f"{path}: found data of version {version}, this code reads 0 to {VERSION}; "
            "a newer huitou made it: update this one, or roll back to another (huitou releases)"
        )
    return database


def table(release: Release, name: str) -> pl.DataFrame:
    """Read a whole table of a release, in today's columns, types and order.

    Raises
    ------
    KeyError
        When no table has that name.
    StoreError, NewerReleaseError
        As `opened`.
    """
    declared = tables()[name]
    if declared.file and release.holds(declared.file):
        return declared.shaped(_migrated(release)[name])
    with closing(opened(release)) as database:
        rows = [tuple(row) for row in database.execute(f'SELECT * FROM "{name}"')]
    return _from_held(rows, declared.schema)


def _in_memory(release: Release) -> sqlite3.Connection:
    rows = _migrated(release)
    database = sqlite3.connect(":memory:", isolation_level=None)
    fill(
        database, {one: one.shaped(rows.get(name, pl.DataFrame())) for name, one in tables().items()}, VERSION
    )
    return read_only(database)


def _from_held(rows: list[tuple[object, ...]], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Bring back what the database holds as text or number: dates and flags."""
    held = {name: pl.String() if kind == pl.Date() else kind for name, kind in schema.items()}
    held |= {name: pl.Int64() for name, kind in schema.items() if kind == pl.Boolean()}
    days = pl.col([name for name, kind in schema.items() if kind == pl.Date()]).str.to_date("%Y-%m-%d")
    return pl.DataFrame(rows, schema=held, orient="row").with_columns(days).cast(pl.Schema(schema))


def _migrated(release: Release) -> Rows:
    """Read the files of a release and bring them to today's version."""
    names = {one.file for one in tables().values() if one.file and release.holds(one.file)}
    rows: Rows = rows_of_files({name: read_parquet(release.path(name)) for name in sorted(names)})
    for migrate in MIGRATIONS:
        rows = {name: migrate(one) for name, one in rows.items()}
    return rows


def _name_causes(rows: pl.DataFrame) -> pl.DataFrame:
    """Let the one cause that older releases named stand, as `watchlists.reasons.row_shape` does."""
    if "main_cause" not in rows.columns or "named_causes" in rows.columns:
        return rows
    cause, nothing = pl.col("main_cause"), pl.lit([], dtype=pl.List(pl.String()))
    named = pl.when(cause.is_null()).then(nothing).otherwise(pl.concat_list(cause))
    return rows.with_columns(
        named.alias("named_causes"), nothing.alias("events"), nothing.alias("vulnerability")
    )


def _let_reasons_stand(rows: pl.DataFrame) -> pl.DataFrame:
    """Let the reasons of lists from before there were pages say why now."""
    lacking = {f"now_{tongue}": f"points_{tongue}" for tongue in ("zh", "en")}
    return rows.with_columns(
        pl.col(points).alias(now)
        for now, points in lacking.items()
        if now not in rows.columns and points in rows.columns
    )


#: What brings rows of older releases to `VERSION`; each leaves rows alone that need it no more.
MIGRATIONS: tuple[Callable[[pl.DataFrame], pl.DataFrame], ...] = (_name_causes, _let_reasons_stand)
