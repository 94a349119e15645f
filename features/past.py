"""What features see of a county's tables: their as-of views at several dates, dressed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from features.activity import with_activity
from features.attendance import with_years_attended
from features.dates import dated, views
from features.derived import is_open, money, needs, spells, times
from features.lineage import OF_PERSONS, Lineage
from features.order import at, numbered, ordered, owner_of
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
        Months of resources that are compared with the line.
    wanted : mapping of str to collection of str
        Tables that are looked at, each with the columns that are read of it.
    spine : DataFrame
        `readings` at the dates, and ``household_at`` and ``village_at``, `dated`.
    lineage : Lineage
        Who belonged where at the dates.
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
        """Order the tables, read where each household stands and who belongs where."""
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
        rural = times(self.resources_months, self.rural_income)["rural_income"]
        return self._spine(dates).select(at(table), rural.alias("rural_income"))

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
        known = times(self.resources_months, self.rural_income)
        derived = needs(table, self.resources_months) | spells(table) | known
        return view.with_columns(**{one: made for one, made in derived.items() if one in wanted})

    def _spine(self, dates: Sequence[date]) -> pl.DataFrame:
        return self.spine.filter(pl.col("as_of_date").is_in(dates))

    def _records(self, table: Table, dates: Sequence[date]) -> pl.DataFrame:
        view = views(self.shard, table.name, dates, LOOK_BACK_MONTHS.get(table.name))
        view = view.with_columns(dated(owner_of(table)).alias(at(table)))
        wants_ages = "member_id" in table.by_name and "age" in self.wanted[table.name]
        if table.name in OF_PERSONS or wants_ages:
            view = self.lineage.with_homes(view, dates)
        return self.lineage.followed(table, view)

    def _members(self, dates: Sequence[date]) -> pl.DataFrame:
        members = self.lineage.members.filter(pl.col("as_of_date").is_in(dates))
        members = members.with_columns(dated("household_id").alias("household_at"))
        attending = with_years_attended(members.sort("household_at", "order"), self._open("schooling", dates))
        recorded = views(self.shard, "employment", dates)["as_of_date"].unique()
        return with_activity(attending, self._open("employment", dates), recorded.to_list())

    def _open(self, name: str, dates: Sequence[date]) -> pl.DataFrame:
        known = views(self.shard, name, dates).filter(is_open())
        return known.with_columns(dated("member_id").alias("member_at"))
