"""Histories that follow: people to the household they live in, households to those they became."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from features.dates import dated, views
from register.contract import Table
from register.shard import Shard

#: Facts of a person's life; they come along to the household the person belongs to now.
OF_PERSONS = ("employment", "health", "schooling")
#: Facts of a family; a household split off or merged has them from before it was one.
OF_FAMILIES = ("shocks", "relocation", "monitoring")
#: Tables whose records change owners, the members' own among them.
FOLLOWED = (*OF_PERSONS, *OF_FAMILIES, "members")


@dataclass(frozen=True)
class Lineage:
    """Who belonged where, and which household came from which, as known at some dates.

    Attributes
    ----------
    members : DataFrame
        `views` of the members with ``member_at``, `dated`, and ``age``.
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
        ages = dated("member_id").alias("member_at"), (months // 12).alias("age")
        members = views(shard, "members", dates).with_columns(ages)
        return cls(members, _closed(pl.concat(_direct_origins(shard, day) for day in dates)))

    def with_homes(self, view: pl.DataFrame, dates: Sequence[date]) -> pl.DataFrame:
        """Add where each record's person belongs, ``home``, and the person's ``age``; missing if nowhere."""
        members = self.members.filter(pl.col("as_of_date").is_in(dates))
        homes = members.select("member_at", "age", home="household_id")
        persons = view.with_columns(dated("member_id").alias("member_at"))
        return persons.join(homes, on="member_at", how="left", maintain_order="left")

    def followed(self, table: Table, view: pl.DataFrame) -> pl.DataFrame:
        """Add the records that other households left to a household, under its own id.

        Records stay with the household that entered them too: who lost a worker, or paid a
        bill, still did. Each heir's lie together, by event; `age` is missing for who is no member.
        """
        inherited = self._inherited(table, view)
        if len(inherited):
            inherited = inherited.with_columns(dated("household_id").alias("household_at"))
            is_heirs = pl.col("household_at").is_in(inherited["household_at"].unique().implode())
            heirs = pl.concat([view.filter(is_heirs), inherited]).sort("household_at", "order")
            view = pl.concat([view.filter(~is_heirs), heirs])
        if "home" not in view.columns:
            return view
        is_member = pl.col("home") == pl.col("household_id")
        return view.with_columns(pl.when(is_member).then("age").alias("age")).drop("home")

    def _inherited(self, table: Table, view: pl.DataFrame) -> pl.DataFrame:
        if table.name in OF_PERSONS:
            return view.filter(pl.col("home") != pl.col("household_id")).with_columns(household_id="home")
        if table.name in OF_FAMILIES and len(self.origins):
            link = ["as_of_date", "household_id"]
            heirs = self.origins.rename({"household_id": "heir", "origin_household_id": "household_id"})
            left = view.join(heirs, on=link).filter(pl.col(table.event) < pl.col("since"))
            return left.with_columns(household_id="heir").select(view.columns)
        return view.clear()


def _direct_origins(shard: Shard, day: date) -> pl.DataFrame:
    """Read who split or merged from whom; one entered as its own origin left itself nothing."""
    states = shard.known("households", day).filter(
        pl.col("origin").is_in(["split", "merged"]),
        pl.col("origin_household_id") != pl.col("household_id"),
    )
    direct = states.group_by("household_id", "origin_household_id").agg(since=pl.col("valid_from").min())
    return direct.select(pl.lit(day).alias("as_of_date"), pl.all())


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
