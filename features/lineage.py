"""Histories that follow: people to the household they live in, households to those they became."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from register.contract import Table
from register.shard import Shard

#: Facts of a person's life; they come along to the household the person belongs to now.
OF_PERSONS = ("employment", "health", "schooling")
#: Facts of a family; a household split off or merged has them from before it was one.
OF_FAMILIES = ("shocks", "relocation", "monitoring")


def is_followed(table: Table) -> bool:
    """Tell whether another household may have a record too."""
    return table.name in (*OF_PERSONS, *OF_FAMILIES)


def dated(column: str) -> pl.Expr:
    """Number whom a column of numbered ids names, at a date: sorted by both, one key instead of two."""
    day, who = (pl.col(one).to_physical().cast(pl.Int64) for one in ("as_of_date", column))
    return day * 2**32 + who


def views(shard: Shard, name: str, dates: Sequence[date], months: int | None = None) -> pl.DataFrame:
    """Show a table as `Shard.view` does at each date, the last `months` of it."""
    seen = pl.lit(value=True) if months is None else pl.col("months_ago") < months
    parts = (shard.view(name, day).filter(seen).with_columns(pl.lit(day).alias("as_of_date")) for day in dates)
    return pl.concat(parts)


@dataclass(frozen=True)
class Lineage:
    """Who belonged where, and which household came from which, as known at some dates.

    Attributes
    ----------
    members : DataFrame
        ``member_at, home, age``: everybody who belongs to a household then.
    origins : DataFrame
        ``as_of_date, household_id, origin_household_id, since``: the household has the family
        records of its origin from before `since`; through several splits if there were several.
    """

    members: pl.DataFrame
    origins: pl.DataFrame

    @classmethod
    def at(cls, shard: Shard, dates: Sequence[date]) -> "Lineage":
        """Read members and origins as they were known at each date."""
        born, day = pl.col("birth_date").dt, pl.col("as_of_date").dt
        months = day.year() * 12 + day.month() - born.year() * 12 - born.month()
        members = views(shard, "members", dates).select(
            dated("member_id").alias("member_at"), pl.col("household_id").alias("home"), (months // 12).alias("age")
        )
        return cls(members, _closed(_direct_origins(shard, dates)))

    def followed(self, table: Table, view: pl.DataFrame, wanted: Collection[str]) -> pl.DataFrame:
        """Add the records that other households left to a household, under its own id.

        Records stay with the household that entered them too: who lost a worker, or paid a
        bill, still did.
        """
        owner = "household_id" if "household_id" in table.by_name else "village_id"
        at = owner.replace("_id", "_at")
        key = dated(owner).alias(at)
        left = view.clear(0)
        if "member_id" in table.by_name and (table.name in OF_PERSONS or "age" in wanted):
            lived = view.with_columns(dated("member_id").alias("member_at")).join(self.members, on="member_at", how="left", maintain_order="left")
            here = pl.col("home") == pl.col("household_id")
            view = lived.with_columns(pl.when(here).then("age").alias("age")).drop("home")
            left = (lived.filter(~here) if table.name in OF_PERSONS else lived.clear()).with_columns(household_id="home").drop("home")
        if table.name in OF_FAMILIES and len(self.origins):
            heirs = self.origins.rename({"household_id": "heir", "origin_household_id": "household_id"})
            left = view.join(heirs, on=["as_of_date", "household_id"]).filter(pl.col(table.event) < pl.col("since"))
            left = left.with_columns(household_id="heir").select(view.columns)
        view, left = view.with_columns(key), left.with_columns(key)
        if table.entity:
            return view.sort(at, "order")
        if left.is_empty():
            return view
        heirs = pl.col(at).is_in(left[at].unique().implode())
        return pl.concat([view.filter(~heirs), pl.concat([view.filter(heirs), left]).sort(at, "order")])


def _direct_origins(shard: Shard, dates: Sequence[date]) -> pl.DataFrame:
    is_origin = pl.col("origin").is_in(["split", "merged"]) & pl.col("origin_household_id").is_not_null()
    states = pl.concat([shard.known("households", day).filter(is_origin).with_columns(pl.lit(day).alias("as_of_date")) for day in dates])
    return states.group_by("as_of_date", "household_id", "origin_household_id").agg(
        pl.col("valid_from").min().alias("since")
    )


def _closed(origins: pl.DataFrame) -> pl.DataFrame:
    """Follow origins of origins; a path ends with its earliest day, of two paths the later counts."""
    link = ["as_of_date", "household_id", "origin_household_id"]
    closed, step = origins.clear(), origins
    while len(step):
        closed = pl.concat([closed, step]).group_by(link).agg(pl.max("since"))
        older = origins.rename(
            {"household_id": "origin_household_id", "origin_household_id": "older", "since": "before"}
        )
        further = step.join(older, on=["as_of_date", "origin_household_id"]).select(
            "as_of_date",
            "household_id",
            pl.col("older").alias("origin_household_id"),
            pl.min_horizontal("since", "before").alias("since"),
        )
        new = further.join(closed, on=link, how="anti")
        step = new.filter(pl.col("household_id") != pl.col("origin_household_id"))
    return closed
