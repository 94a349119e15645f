"""What features see of a county's tables: their as-of views at several dates, dressed."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from features.activity import with_activity
from features.attendance import with_years_attended
from features.dates import dated, views
from features.lineage import OF_PERSONS, Lineage
from features.order import IDS, money, numbered, ordered, owner_of
from register.contract import Table
from register.readings import readings
from register.reference import rural_income
from register.shard import Shard
from register.tables import TABLES

#: Months of a table that features see; income alone grows by rows every month.
LOOK_BACK_MONTHS = {"income": 24}


@dataclass(frozen=True)
class Past:
    """A county as it was known at each of several dates.

    Attributes
    ----------
    shard : Shard
        The county with its ids numbered and its tables ordered.
    dates : sequence of date
    resources_months : int
    wanted : mapping of str to collection of str
        Tables that are looked at, each with the columns that are read of it.
    spine : DataFrame
        `readings` at the dates, and ``household_at`` and ``village_at``, `dated`.
    lineage : Lineage
    rural_income : mapping of date to float or None
        Rural income a head that was known of the county's province at each date.
    """

    shard: Shard
    dates: Sequence[date]
    resources_months: int
    wanted: Mapping[str, Collection[str]]
    spine: pl.DataFrame
    lineage: Lineage
    rural_income: Mapping[date, float | None]

    @classmethod
    def of(
        cls, shard: Shard, dates: Sequence[date], resources_months: int, wanted: Mapping[str, Collection[str]]
    ) -> "Past":
        """Number and order the tables, read where each household stands and who belongs where."""
        county = numbered(shard)
        tables = {name: ordered(TABLES[name], county) for name in {"members", *wanted}}
        county = replace(county, tables={**county.tables, **tables})
        spine = readings(county, dates, resources_months).with_columns(
            dated("household_id").alias("household_at"), dated("village_id").alias("village_at")
        )
        region = shard.tables["villages"]["region_id"][0]
        rural = {day: rural_income(region, day) for day in dates}
        return cls(county, dates, resources_months, wanted, spine, Lineage.at(county, dates), rural)

    def owners(self, table: Table, dates: Sequence[date]) -> pl.DataFrame:
        """List whose features over a table are asked at some of the dates, and ``rural_income`` then."""
        rural = self._times()["rural_income"].alias("rural_income")
        return self._spine(dates).select(at(table), rural)

    def _spine(self, dates: Sequence[date]) -> pl.DataFrame:
        return self.spine.filter(pl.col("as_of_date").is_in(dates))

    def view(self, name: str, dates: Sequence[date]) -> pl.DataFrame:
        """Show a table at some of the dates: an owner's records at a date lie together, by event.

        Of what `features.expressions` promises, the columns that are wanted are there; and the
        owner, `dated`.
        """
        table, wanted = TABLES[name], self.wanted[name]
        view = self._members(dates) if name == "members" else self._records(table, dates)
        if money(table):
            equivalents = self._spine(dates).select("household_at", "equivalents")
            view = view.join(equivalents, on="household_at", how="left", maintain_order="left")
        derived = self._needs(table) | _spells(table) | self._times()
        return view.with_columns(**{one: made for one, made in derived.items() if one in wanted})

    def _records(self, table: Table, dates: Sequence[date]) -> pl.DataFrame:
        view = views(self.shard, table.name, dates, LOOK_BACK_MONTHS.get(table.name))
        if table.name in OF_PERSONS or ("member_id" in table.by_name and "age" in self.wanted[table.name]):
            view = self.lineage.with_homes(view, dates)
        key = dated(owner_of(table)).alias(at(table))
        view = _merged(view.with_columns(key), self.lineage.inherited(table, view).with_columns(key))
        if "home" in view.columns:
            is_member = pl.col("home") == pl.col("household_id")
            view = view.with_columns(pl.when(is_member).then("age").alias("age")).drop("home")
        return view

    def _members(self, dates: Sequence[date]) -> pl.DataFrame:
        members = self.lineage.members.filter(pl.col("as_of_date").is_in(dates))
        members = members.with_columns(dated("household_id").alias("household_at"))
        members = members.sort("household_at", "order")
        return with_activity(
            with_years_attended(members, self._open("schooling", dates)), self._open("employment", dates)
        )

    def _open(self, name: str, dates: Sequence[date]) -> pl.DataFrame:
        spells = views(self.shard, name, dates).filter(_is_open())
        return spells.with_columns(dated("member_id").alias("member_at"))

    def _needs(self, table: Table) -> dict[str, pl.Expr]:
        month = pl.when(pl.col("equivalents") > 0).then(pl.col("line_then") * pl.col("equivalents"))
        return {
            f"{column}_{twin}": pl.col(column) / (month * months).fill_null(math.nan)
            for column in money(table)
            for twin, months in (("needs", self.resources_months), ("of_year", 12))
        }

    def _times(self) -> dict[str, pl.Expr]:
        rural = pl.col("as_of_date").replace_strict(self.rural_income, return_dtype=pl.Float64)
        return {"is_current": pl.col("months_ago") < self.resources_months, "rural_income": rural}


def table_view(
    shard: Shard, table: Table, day: date, resources_months: int, wanted: Collection[str]
) -> pl.DataFrame:
    """Show a table at a date as the features over it see it, sorted by owner and event."""
    view = Past.of(shard, [day], resources_months, {table.name: wanted}).view(table.name, [day])
    ids = [one for line in IDS for one in line if one in view.columns]
    return view.sort(at(table), maintain_order=True).with_columns(pl.col(ids).cast(pl.String))


def at(table: Table) -> str:
    """Name the column that numbers a table's owner at a date."""
    return owner_of(table).replace("_id", "_at")


def _merged(view: pl.DataFrame, inherited: pl.DataFrame) -> pl.DataFrame:
    """Put what was inherited among the heirs' own records; all others stay where they are."""
    if inherited.is_empty():
        return view
    is_heirs = pl.col("household_at").is_in(inherited["household_at"].unique().implode())
    heirs = pl.concat([view.filter(is_heirs), inherited]).sort("household_at", "order")
    return pl.concat([view.filter(~is_heirs), heirs])


def _is_open() -> pl.Expr:
    return pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("as_of_date"))


def _spells(table: Table) -> dict[str, pl.Expr]:
    if "ended_on" not in table.by_name:
        return {}
    ended, day = pl.col("ended_on").dt, pl.col("as_of_date").dt
    months_ago = day.year() * 12 + day.month() - ended.year() * 12 - ended.month()
    return {
        "is_active": _is_open(),
        "ended_months_ago": pl.when(~_is_open()).then(months_ago),
        "ends_in_months": pl.when(_is_open()).then(-months_ago),
    }
