"""A database behind a SQLAlchemy URL, read as text in one transaction, never written."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DataError, NoSuchModuleError, SQLAlchemyError

from register.cells.typed_cells import CELL_KINDS
from register.errors import ContractError, SourceError
from register.faults import Faults
from register.reference import income_lines
from register.sources.cells import kind_of, text_of
from register.sources.delivery import Sheet
from register.sources.lines import LINES, delivered_lines
from register.sources.mapping import FileMapping
from register.sources.notes import Notes, unread_columns

#: Rows fetched at a time, so that the driver never holds a table.
BLOCK = 10_000
#: Drivers that are asked for where the URL names only the database.
DRIVERS = {"postgresql": "postgresql+psycopg"}


class Database:
    """An open database: all tables are read as of one moment.

    Parameters
    ----------
    place : Path
        File that holds the URL on one line. The URL stands in no parameter, so that its
        password reaches neither params.yaml nor the tracking store nor a manifest.

    Raises
    ------
    SourceError
        When the file is missing or others may read it, the URL is none, its driver is not
        installed, or the database does not answer.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self.notes, self.faults = Notes(), Faults()
        url = _url(place)
        try:
            engine = sa.create_engine(url, poolclass=sa.NullPool)
            self._connection = _snapshot(engine)
            inspector = sa.inspect(self._connection)
            names = sorted([*inspector.get_table_names(), *inspector.get_view_names()])
            self._columns = {
                name: [column["name"] for column in inspector.get_columns(name)] for name in names
            }
        except (ModuleNotFoundError, NoSuchModuleError) as fault:
            raise SourceError(
                f"{place}: no driver for {url.drivername} is installed; pip install psycopg for PostgreSQL"
            ) from fault
        except SQLAlchemyError as fault:
            raise self._unreadable("its tables", fault) from None

    def names(self) -> list[str]:
        """Name the tables and views, sorted; that of the lines is none of a register."""
        return [name for name in self._columns if name != LINES]

    def columns(self, name: str) -> list[str]:
        """Name the columns of a table, in its order."""
        return self._columns[name]

    def table(self, name: str) -> sa.TableClause:
        """Give a table to write conditions on."""
        return sa.table(name, *(sa.column(column) for column in self._columns[name]))

    def sheet(self, name: str, mapping: FileMapping, headers: Sequence[str]) -> Sheet:  # noqa: ARG002 - a folder needs it
        """Read the columns of a table that any mapping asks for; the others stay where they are."""
        unread = [column for column in self._columns[name] if column not in headers]
        if unread:
            self.notes.add(name, unread_columns(unread))
        return self.read(
            self.table(name), [], [column for column in self._columns[name] if column in headers]
        )

    def lines(self) -> pl.DataFrame:
        """Give the income lines of its table ``lines``, or the cited ones (`register.reference`)."""
        if LINES not in self._columns:
            return income_lines()
        return delivered_lines(f"{self.place} table {LINES}", self.read(self.table(LINES), []))

    def texts(self, query: sa.Select[Any]) -> list[str]:
        """Give the distinct values of a query of one column as text, sorted, without missing ones."""
        try:
            values = {text_of(row[0]) for row in self._connection.execute(query)}
        except SQLAlchemyError as fault:
            raise self._unreadable("its counties", fault) from None
        return sorted(value for value in values if value)

    def read(
        self,
        table: sa.TableClause,
        conditions: Sequence[sa.ColumnElement[bool]],
        columns: Sequence[str] | None = None,
    ) -> Sheet:
        """Read rows of a table as text.

        Parameters
        ----------
        table : TableClause
            From `table`.
        conditions : sequence of ColumnElement
            All must hold.
        columns : sequence of str, optional
            Those to read; all by default.

        Returns
        -------
        Sheet
            Sorted by all columns, from row 2 on as in a file: a database has no order of
            its own, and the same rows must get the same numbers.

        Raises
        ------
        ContractError
            When a column holds what is no text, number or date.
        """
        columns = [column.name for column in table.c] if columns is None else columns
        query = sa.select(*[table.c[column] for column in columns]).where(*conditions)
        schema, kind_schema = dict.fromkeys(columns, pl.String()), dict.fromkeys(columns, CELL_KINDS)
        blocks, kinds = [pl.DataFrame(schema=schema)], [pl.DataFrame(schema=kind_schema)]
        try:
            result = self._connection.execution_options(stream_results=True).execute(query)
            for block in result.partitions(BLOCK):
                rows = [[text_of(value) for value in row] for row in block]
                blocks.append(pl.DataFrame(rows, schema=schema, orient="row"))
                types = [[kind_of(value) for value in row] for row in block]
                kinds.append(pl.DataFrame(types, schema=kind_schema, orient="row"))
        except TypeError as fault:
            raise ContractError(
                f"{table.name} in {self.place}: {fault}; cast the column to text in a view"
            ) from None
        except DataError:
            raise ContractError(
                f"{table.name} in {self.place}: holds a date that no calendar has, such as infinity; "
                "give it as missing in a view"
            ) from None
        except SQLAlchemyError as fault:
            raise self._unreadable(table.name, fault) from None
        frame = pl.concat(blocks)
        order = frame.select(pl.arg_sort_by(columns, nulls_last=True)).to_series()
        return Sheet.of(frame[order], kinds=pl.concat(kinds)[order])

    def _unreadable(self, what: str, fault: SQLAlchemyError) -> SourceError:
        """Say what failed without the driver's own words, which can hold values."""
        kind = type(getattr(fault, "orig", None) or fault).__name__
        return SourceError(
            f"{self.place}: the database did not give {what} ({kind}); check the URL, the rights "
            "and that it is running"
        )


def _url(place: Path) -> sa.URL:
    if not place.is_file():
        raise SourceError(
            f"{place}: no such file; source.path is a file that holds the database's URL, such as "
            "postgresql://user:password@host/name (docs/sources.md)"
        )
    if place.stat().st_mode & 0o077:
        raise SourceError(f"{place}: others may read the database's password; run chmod 600 on it")
    try:
        url = sa.make_url(place.read_text(encoding="utf-8").strip())
    except (ArgumentError, UnicodeDecodeError, ValueError):
        raise SourceError(
            f"{place}: holds no URL such as postgresql://user:password@host/name; write one line of it"
        ) from None
    if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).is_file()):
        raise SourceError(f"{place}: the SQLite file it names does not exist; correct the URL")
    return url.set(drivername=DRIVERS.get(url.drivername, url.drivername))


def _snapshot(engine: sa.Engine) -> sa.Connection:
    """Open one read-only transaction for everything: the tables must fit one another."""
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        return engine.connect().execution_options(**options)
    connection = engine.connect()
    if engine.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.exec_driver_sql("BEGIN")
        # Bytes that are no UTF-8 become U+FFFD, which casting sets aside, cell by cell.
        driver = connection.connection.driver_connection
        if driver is not None:
            driver.text_factory = partial(str, encoding="utf-8", errors="replace")
    return connection
