"""The one file of a release that can be asked: the same bytes for the same rows, never changed."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import polars as pl

from register.errors import StoreError
from watchlists.release.declaration import DataTable, Kind

DATABASE = "release.sqlite"
PAGE_BYTES = 8192
#: Rows that pass from polars to SQLite at a time.
BATCH = 4096
#: Where a file's header says which version of SQLite wrote it: the same rows are to be the same bytes.
WRITER_VERSION_AT = 96
TYPES: dict[Kind, str] = {"number": "REAL", "integer": "INTEGER", "flag": "INTEGER"}
#: Nothing is read of the file until it is whole; whoever kills the run has no release either.
ONE_GO = ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE")


def write_database(path: Path, rows: Mapping[DataTable, pl.DataFrame], version: int) -> None:
    """Write tables into a new SQLite file.

    Dates are ISO text, flags 0 or 1, several texts in a cell a JSON array. Rows go in by their key, no
    time and no random number is kept, and the header forgets which SQLite wrote it.

    Parameters
    ----------
    path : Path
        Nothing stands there yet.
    rows : mapping of DataTable to DataFrame
        Each with the declared columns, no more and no fewer.
    version : int
        Of the schema; ``PRAGMA user_version`` gives it back.

    Raises
    ------
    StoreError
        When a column is not declared or is lacking, or a value that is never missing is.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for setting in (f"page_size={PAGE_BYTES}", *ONE_GO):
            database.execute(f"PRAGMA {setting}")
        fill(database, rows, version)
    with path.open("r+b") as header:
        header.seek(WRITER_VERSION_AT)
        header.write(bytes(4))


def fill(database: sqlite3.Connection, rows: Mapping[DataTable, pl.DataFrame], version: int) -> None:
    """Make tables and indexes in one transaction."""
    database.execute("BEGIN")
    for table, frame in rows.items():
        _insert(database, table, frame)
    database.execute(f"PRAGMA user_version={version}")
    database.execute("COMMIT")


def open_database(path: Path) -> sqlite3.Connection:
    """Open a file that nothing may write to, and that nobody changes meanwhile.

    Raises
    ------
    StoreError
        When it is missing or no database.
    """
    address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    try:
        database = sqlite3.connect(address, uri=True)
        database.execute("PRAGMA schema_version")
    except sqlite3.DatabaseError as damage:
        raise StoreError(f"{path}: missing or no database of a release; publish the season again") from damage
    return read_only(database)


def read_only(database: sqlite3.Connection) -> sqlite3.Connection:
    """Let a connection write no more, and give rows by name."""
    database.execute("PRAGMA query_only=ON")
    database.row_factory = sqlite3.Row
    return database


def _insert(database: sqlite3.Connection, table: DataTable, rows: pl.DataFrame) -> None:
    if rows.columns != list(table.schema):
        wrong = sorted({*rows.columns} ^ {*table.schema}) or rows.columns
        raise StoreError(
            f"release: table {table.name}: found columns {wrong} lacking, not declared or in another order; "
            "declare every column (watchlists/contents)"
        )
    database.execute(f'CREATE TABLE "{table.name}" ({", ".join(_columns(table))}) STRICT')
    places = ", ".join("?" * rows.width)
    try:
        database.executemany(
            f'INSERT INTO "{table.name}" VALUES ({places})',
            rows.select(_as_held(table)).iter_rows(buffer_size=BATCH),
        )
    except sqlite3.IntegrityError as lacking:
        raise StoreError(f"release: table {table.name}: {lacking}; report it") from lacking
    for index in table.indexes:
        named = ", ".join(f'"{name}"' for name in index)
        database.execute(f'CREATE INDEX "{table.name} by {" ".join(index)}" ON "{table.name}" ({named})')


def _columns(table: DataTable) -> list[str]:
    return [
        f'"{one.name}" {TYPES.get(one.kind, "TEXT")}{" NOT NULL" if one.name in table.required else ""}'
        for one in table.columns
    ]


def _as_held(table: DataTable) -> list[pl.Expr]:
    return [_held(pl.col(one.name), one.kind).alias(one.name) for one in table.columns]


def _held(column: pl.Expr, kind: Kind) -> pl.Expr:
    if kind in ("texts", "codes"):
        array = pl.struct(column.alias("of")).struct.json_encode()
        return pl.when(column.is_not_null()).then(array.str.strip_prefix('{"of":').str.strip_suffix("}"))
    if kind == "date":
        return column.dt.to_string("%Y-%m-%d")
    return column.cast(pl.Int64) if kind == "flag" else column
