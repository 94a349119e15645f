"""What features see of a table: its as-of views at several dates, one below the other."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from features.activity import with_activity
from features.attendance import with_years_attended
from features.lineage import Lineage, dated, views
from features.order import money, ordered, owner_of
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
        The county, its ids numbered, its tables ordered.
    spine : DataFrame
        `readings` at the dates, and ``household_at``, ``village_at``: both `dated`.
    """

    shard: Shard
    ordered: Shard
    dates: Sequence[date]
    resources_months: int
    spine: pl.DataFrame
    lineage: Lineage

    @classmethod
    def of(
        cls, shard: Shard, dates: Sequence[date], resources_months: int, wanted: Collection[str]
    ) -> "Past":
        """Read the spine and who belonged where; order the tables and keep of them what is `wanted`."""
        spine = readings(shard, dates, resources_months).with_columns(
            dated("household_id").alias("household_at"), dated("village_id").alias("village_at")
        )
        tables = {name: ordered(table, shard, wanted) for name, table in TABLES.items()}
        kept = replace(shard, tables={**shard.tables, **tables})
        return cls(shard, kept, dates, resources_months, spine, Lineage.at(shard, dates))

    def owners(self, at: str, dates: Sequence[date]) -> pl.DataFrame:
        """List who there is at some of the dates, with what is known of the place."""
        return self.spine.filter(pl.col("as_of_date").is_in(list(dates))).select(at, self._times()["rural_income"].alias("rural_income"))

    def view(self, name: str, dates: Sequence[date], wanted: Collection[str]) -> pl.DataFrame:
        """Show a table at some of the dates, sorted by date, household and event.

        Beside the contract's columns stand those of what `features.expressions` promises that are
        `wanted`, and the owner, `dated`.
        """
        table = TABLES[name]
        view = views(self.ordered, name, dates, LOOK_BACK_MONTHS.get(name))
        view = self.lineage.followed(table, view, wanted)
        if name == "members":
            view = with_years_attended(view, self._spans("schooling", dates))
            view = with_activity(view, self._spans("employment", dates))
        if money(table, wanted):
            equivalents = self.spine.select("household_at", "equivalents")
            view = view.join(equivalents, on="household_at", how="left", maintain_order="left")
        derived = self._needs(table) | self._spells(table) | self._times()
        return view.with_columns(**{one: made for one, made in derived.items() if one in wanted})

    def _spans(self, name, dates):
        return views(self.shard, name, dates).with_columns(dated("member_id").alias("member_at"))

    def _needs(self, table: Table) -> dict[str, pl.Expr]:
        month = pl.when(pl.col("equivalents") > 0).then(pl.col("line_then") * pl.col("equivalents"))
        return {
            f"{column}_{twin}": pl.col(column) / (month * months).fill_null(math.nan)
            for column in money(table)
            for twin, months in (("needs", self.resources_months), ("of_year", 12))
        }

    def _spells(self, table: Table) -> dict[str, pl.Expr]:
        if "ended_on" not in table.by_name:
            return {}
        ended, day = pl.col("ended_on"), pl.col("as_of_date")
        months_ago = day.dt.year() * 12 + day.dt.month() - ended.dt.year() * 12 - ended.dt.month()
        is_open = ended.is_null() | (ended > day)
        return {
            "is_active": is_open,
            "ended_months_ago": pl.when(~is_open).then(months_ago),
            "ends_in_months": pl.when(is_open).then(-months_ago),
        }

    def _times(self) -> dict[str, pl.Expr]:
        known = {day: known_rural_income(self.shard, day) for day in self.dates}
        return {
            "is_current": pl.col("months_ago") < self.resources_months,
            "rural_income": pl.col("as_of_date").replace_strict(known, return_dtype=pl.Float64),
        }


def known_rural_income(shard: Shard, day: date) -> float | None:
    """Give the rural income a head that is known of the county's province at `day`."""
    return rural_income(shard.tables["villages"]["region_id"][0], day)
