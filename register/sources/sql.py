"""A database whose tables bear the register's own names, county by county."""

from collections.abc import Iterator

import polars as pl
import sqlalchemy as sa

from register.errors import ContractError, SourceError
from register.reference import income_lines
from register.sources.database import Database
from register.sources.delivery import RawTable
from register.sources.header import check_columns
from register.tables import TABLES

#: Tables through which every other one reaches its county.
PLACES = ("villages", "households")


class SqlSource:
    """Register tables in a database.

    A village lies in its county, a household in the county of its villages, any other
    record in that of its household; who moved between counties is read in both. Rows that
    reach no county are read with the first one, where admission quarantines them.

    Parameters
    ----------
    database : Database

    Raises
    ------
    SourceError
        When the database does not answer, or names no county.
    ContractError
        When a table that every county needs, or a column, is missing or unknown.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held = [name for name in TABLES if name in database.names()]
        missing = [name for name, table in TABLES.items() if table.required and name not in self._held]
        if missing:
            raise ContractError(
                f"{database.place}: the database lacks tables {missing}, found are {database.names()}; "
                "create them as views, or set source.mapping"
            )
        for name in self._held:
            check_columns(f"{database.place} table {name}", database.columns(name), TABLES[name])
        for name in set(database.names()) - set(self._held):
            database.notes.add(name, "不是登记表，未读取 / no register table, not read")

    @property
    def notes(self) -> list[str]:
        """What a person should know of the database."""
        return self._database.notes.lines

    def counties(self) -> list[str]:
        """Name the counties of the villages, sorted."""
        found = self._database.texts(
            sa.select(sa.column("county_id")).select_from(sa.table("villages")).distinct()
        )
        if not found:
            raise SourceError(f"{self._database.place}: table villages names no county_id; fill it")
        return found

    def tables(self, county_id: str) -> Iterator[RawTable]:
        """Read the tables of one county, in the order of the contract."""
        is_first = county_id == self.counties()[0]
        for name in self._held:
            belongs = _belongs(name, county_id)
            wanted = sa.or_(belongs, sa.not_(_reaches_county(name))) if is_first else belongs
            sheet = self._database.read(name, [wanted])
            yield RawTable(name, f"{county_id}/{name} (database)", sheet.frame, sheet.rows)

    def lines(self) -> pl.DataFrame:
        """Give the official income lines (`register.reference`)."""
        return income_lines()


def _belongs(name: str, county_id: str) -> sa.ColumnElement[bool]:
    return _chain(name, _text("villages", "county_id") == county_id)


def _reaches_county(name: str) -> sa.ColumnElement[bool]:
    return _chain(name, sa.func.coalesce(_text("villages", "county_id"), "") != "")


def _chain(name: str, villages: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Give the condition on a table's rows, from one on villages; never unknown (SQL's NULL)."""
    if name == "villages":
        return sa.func.coalesce(villages, sa.false())
    key, parent = ("village_id", "villages") if name == "households" else ("household_id", "households")
    same = _text(parent, key) == _text(name, key)
    return sa.exists(
        sa.select(sa.literal(1)).select_from(sa.table(parent)).where(same, _chain(parent, villages))
    )


def _text(table: str, column: str) -> sa.ColumnElement[str]:
    """Compare as text: one system keeps an id as a number in one table and as text in another."""
    return sa.cast(sa.column(column, _selectable=sa.table(table)), sa.String)
