"""Histories that follow: people to the household they live in, households to those they became."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from register.contract import Table
from register.shard import Shard

#: Facts of a person's life; they come along to the household the person belongs to now.
OF_PERSONS = ("employment", "health", "schooling")
#: Facts of a family; a household split off or merged has them from before it was one.
OF_FAMILIES = ("shocks", "relocation", "monitoring")


@dataclass(frozen=True)
class Lineage:
    """Who belonged where, and which household came from which, as known at a date.

    Attributes
    ----------
    members : DataFrame
        ``member_id, home, age``: everybody who belongs to a household then.
    origins : DataFrame
        ``household_id, origin_household_id, since``: the household has the family records
        of its origin from before `since`; through several splits if there were several.
    """

    members: pl.DataFrame
    origins: pl.DataFrame

    @classmethod
    def at(cls, shard: Shard, day: date) -> "Lineage":
        """Read members and origins as they were known at `day`."""
        born = pl.col("birth_date").dt
        months = day.year * 12 + day.month - born.year() * 12 - born.month()
        members = shard.view("members", day).select(
            "member_id", pl.col("household_id").alias("home"), (months // 12).alias("age")
        )
        return cls(members, _closed(_direct_origins(shard, day)))

    def inherited(self, table: Table, view: pl.DataFrame) -> pl.DataFrame:
        """Copy the records that other households left to a household, under its own id.

        Records stay with the household that entered them too: who lost a worker, or paid a
        bill, still did.
        """
        if table.name in OF_PERSONS:
            lived = view.join(self.members.select("member_id", "home"), on="member_id")
            moved = lived.filter(pl.col("home") != pl.col("household_id"))
            return moved.with_columns(household_id="home").select(view.columns)
        if table.name in OF_FAMILIES and len(self.origins):
            heirs = self.origins.rename({"household_id": "heir", "origin_household_id": "household_id"})
            left = view.join(heirs, on="household_id").filter(pl.col(table.event) < pl.col("since"))
            return left.with_columns(household_id="heir").select(view.columns)
        return view.clear()

    def with_ages(self, view: pl.DataFrame) -> pl.DataFrame:
        """Add ``age``, missing for who does not belong to the record's household."""
        known = self.members.rename({"home": "household_id"})
        return view.join(known, on=["household_id", "member_id"], how="left", maintain_order="left")


def _direct_origins(shard: Shard, day: date) -> pl.DataFrame:
    states = shard.known("households", day).filter(
        pl.col("origin").is_in(["split", "merged"]), pl.col("origin_household_id").is_not_null()
    )
    return states.group_by("household_id", "origin_household_id").agg(
        pl.col("valid_from").min().alias("since")
    )


def _closed(origins: pl.DataFrame) -> pl.DataFrame:
    """Follow origins of origins; a path ends with its earliest day, of two paths the later counts."""
    closed, step = origins.clear(), origins
    while len(step):
        closed = (
            pl.concat([closed, step]).group_by("household_id", "origin_household_id").agg(pl.max("since"))
        )
        older = origins.rename(
            {"household_id": "origin_household_id", "origin_household_id": "older", "since": "before"}
        )
        further = step.join(older, on="origin_household_id").select(
            "household_id",
            pl.col("older").alias("origin_household_id"),
            pl.min_horizontal("since", "before").alias("since"),
        )
        new = further.join(closed, on=["household_id", "origin_household_id"], how="anti")
        step = new.filter(pl.col("household_id") != pl.col("origin_household_id"))
    return closed
