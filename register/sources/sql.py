"""A database whose tables bear the register's own names, county by county."""

from collections.abc import Callable, Iterator, Sequence

import polars as pl
import sqlalchemy as sa

from register.errors import ContractError, SourceError
from register.faults import Faults
from register.ids.county_ids import refuse_county_id
from register.sources.database import Database
from register.sources.delivery import RawTable
from register.sources.header import check_columns, safe_names
from register.tables import TABLES

#: Tables through which every other one reaches its county.
PLACES = ("villages", "households")
#: By which column a table reaches which of them; all others do as members do.
PARENTS = {"households": ("village_id", "villages"), "members": ("household_id", "households")}

Fits = Callable[[sa.ColumnElement[str]], sa.ColumnElement[bool]]


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
        with database.faults.gathered():
            _refuse_lack(database, self._held)
        for name in self._held:
            with database.faults.gathered():
                check_columns(f"{database.place} table {name}", database.columns(name), TABLES[name])
        database.faults.refuse()
        self._places = {name: database.table(name) for name in PLACES}
        for name in set(database.names()) - set(self._held):
            database.notes.add(name, "不是登记表，未读取 / no register table, not read")

    @property
    def notes(self) -> list[str]:
        """What a person should know of the database."""
        return self._database.notes.lines

    def counties(self) -> list[str]:
        """Name the counties of the villages, sorted."""
        counties = self._database.texts(sa.select(self._places["villages"].c.county_id).distinct())
        if not counties:
            raise SourceError(f"{self._database.place}: table villages names no county_id; fill it")
        for county in counties:
            refuse_county_id(county, f"{self._database.place} table villages, column county_id")
        return counties

    def tables(self, county_id: str) -> Iterator[RawTable]:
        """Read the tables of one county, in the order of the contract."""
        is_first, faults = county_id == self.counties()[0], Faults()
        for name in self._held:
            table = self._places.get(name, self._database.table(name))
            wanted = self._reaches(table, lambda county: county == county_id)
            if is_first:
                wanted = sa.or_(wanted, sa.not_(self._reaches(table, lambda county: county != "")))
            with faults.gathered():
                yield self._database.read(table, [wanted]).table(name, f"{county_id}/{name} (database)")
        faults.refuse()

    def lines(self) -> pl.DataFrame:
        """Give the income lines of its regions."""
        return self._database.lines()

    def _reaches(self, table: sa.TableClause, fits: Fits) -> sa.ColumnElement[bool]:
        """Give the condition that a row's county fits; false, never unknown, where it has none."""
        if table.name == "villages":
            return sa.func.coalesce(fits(_text(table.c.county_id)), sa.false())
        key, parent = PARENTS.get(table.name, PARENTS["members"])
        above = self._places[parent]
        # IN of a query of its own, not a correlated EXISTS: it is looked up, not searched row by row.
        known = sa.select(_text(above.c[key])).where(self._reaches(above, fits), above.c[key].is_not(None))
        return sa.func.coalesce(_text(table.c[key]).in_(known), sa.false())


def _refuse_lack(database: Database, held: Sequence[str]) -> None:
    missing = [name for name, table in TABLES.items() if table.required and name not in held]
    if missing:
        raise ContractError(
            f"{database.place}: the database lacks tables {missing}, found are "
            f"{safe_names(database.names(), database.names(), kind='table')}; "
            "create them as views, or set source.mapping"
        )


def _text(column: sa.ColumnElement[object]) -> sa.ColumnElement[str]:
    """Compare as text: one system keeps an id as a number in one table and as text in another."""
    return sa.cast(column, sa.String)
