"""What is known of a county at a date, read once and shared by all checks."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

import polars as pl

from register.readings import readings
from register.shard import Shard
from register.tables.income import COST

STUDY = ("primary", "middle", "high", "vocational", "college", "university")
ABLE = ("skilled", "ordinary")
#: Somebody of weak labour still works, and may get a measure that asks for work.
WORKING_AGE_ABLE = (*ABLE, "weak")
ILL = ("chronic", "major_illness", "incapacity", "disability")


class Known:
    """A county as it was at a date, as far as it had been recorded.

    Parameters
    ----------
    shard : Shard
    as_of_date : date
        Events after it are not seen.
    known_on : date
        Records entered after it are not seen.
    limits : mapping of str to float
        Thresholds in force (`register.consistency.limits`).
    """

    def __init__(self, shard: Shard, as_of_date: date, known_on: date, limits: Mapping[str, float]) -> None:
        self.shard = shard
        self.as_of_date = as_of_date
        self.known_on = known_on
        self.limits = limits
        self._views: dict[str, pl.DataFrame] = {}

    def view(self, name: str) -> pl.DataFrame:
        """Show a table as it was known (`Shard.view`)."""
        if name not in self._views:
            self._views[name] = self.shard.view(name, self.as_of_date, self.known_on)
        return self._views[name]

    def in_force(self, name: str) -> pl.DataFrame:
        """Show the spells of a table that have not ended."""
        return self.view(name).filter(pl.col("ended_on").is_null() | (pl.col("ended_on") > self.as_of_date))

    def versions(self, name: str) -> pl.DataFrame:
        """Show every unreplaced record of a table, ended states among them."""
        replaced = pl.col("replaced_on").is_not_null() & (pl.col("replaced_on") <= self.known_on)
        return self.shard.tables[name].filter(~replaced, pl.col("recorded_on") <= self.known_on)

    @property
    def county_id(self) -> str:
        """The county all this is about."""
        return str(self.shard.tables["villages"]["county_id"].to_list()[0])

    @property
    def villages(self) -> pl.DataFrame:
        """Villages as last known."""
        return self.view("villages")

    @cached_property
    def townships(self) -> pl.DataFrame:
        """Give ``township_id`` of every township once."""
        return self.villages.select("township_id").unique()

    @cached_property
    def households(self) -> pl.DataFrame:
        """Households in force, with the township they lie in."""
        villages = self.view("villages").select("village_id", "township_id")
        return self.view("households").join(villages, on="village_id", how="left")

    @cached_property
    def places(self) -> pl.DataFrame:
        """Give ``household_id, village_id, township_id`` of every household ever known."""
        latest = self.versions("households").sort("household_id", "valid_from", "recorded_on")
        villages = self.view("villages").select("village_id", "township_id")
        own = latest.unique("household_id", keep="last").select("household_id", "village_id")
        return own.join(villages, on="village_id", how="left")

    @cached_property
    def people(self) -> pl.DataFrame:
        """Members in force with ``age``, ``is_student``, ``is_ill``, ``is_disabled``, ``works``."""
        birthday_to_come = pl.lit(self.as_of_date).dt.strftime("%m%d") < pl.col("birth_date").dt.strftime(
            "%m%d"
        )
        age = self.as_of_date.year - pl.col("birth_date").dt.year() - birthday_to_come.cast(pl.Int32)
        students = self.in_force("schooling").filter(pl.col("stage").is_in(STUDY))
        health = self.view("health")
        workers = self.in_force("employment").filter(pl.col("activity") != "seeking")
        return self.view("members").with_columns(
            age.alias("age"),
            pl.col("labour").is_in(ABLE).alias("is_able"),
            _among("member_id", students).alias("is_student"),
            _among("member_id", health.filter(pl.col("kind").is_in(ILL))).alias("is_ill"),
            _among("member_id", health.filter(pl.col("kind") == "disability")).alias("is_disabled"),
            _among("member_id", workers).alias("works"),
        )

    @cached_property
    def spells(self) -> pl.DataFrame:
        """Times under monitoring: one row an identification.

        With ``identified_on``, ``eliminated_on`` (missing while it lasts) and ``causes``, a
        list without missing ones.
        """
        own = pl.col("household_id")
        events = self.view("monitoring").sort(
            "household_id", "occurred_on", "event", descending=[False, False, True]
        )
        ends = (pl.col("event").shift(-1).over(own) == "eliminated").fill_null(value=False)
        return events.with_columns(
            pl.col("occurred_on").alias("identified_on"),
            pl.when(ends).then(pl.col("occurred_on").shift(-1).over(own)).alias("eliminated_on"),
            pl.concat_list(*_CAUSES).list.drop_nulls().alias("causes"),
            pl.col("event").shift(1).over(own).alias("event_before"),
        )

    @cached_property
    def identified(self) -> pl.DataFrame:
        """Rows of `spells` that begin one."""
        return self.spells.filter(pl.col("event") == "identified")

    @cached_property
    def monitored(self) -> pl.DataFrame:
        """Spells that last: the latest of each household, while it is in the register."""
        lasting = self.identified.filter(pl.col("eliminated_on").is_null())
        latest = lasting.unique("household_id", keep="last", maintain_order=True)
        return latest.join(self.households, on="household_id", how="semi")

    @cached_property
    def readings(self) -> pl.DataFrame:
        """Resources over the line of every household in force (`register.readings`)."""
        months = int(self.limits["resources_months"])
        return readings(self.shard, [self.as_of_date], months, self.known_on)

    @cached_property
    def yearly_income(self) -> pl.DataFrame:
        """Net income a household of the last and the year before: ``last_year``, ``year_before``."""
        year = pl.col("months_ago") // 12
        return (
            self.view("income")
            .group_by("household_id")
            .agg(
                _SIGNED.filter(year == 0).sort().sum().alias("last_year"),
                _SIGNED.filter(year == 1).sort().sum().alias("year_before"),
            )
        )

    def helped(self, spells: pl.DataFrame) -> pl.DataFrame:
        """Join to each spell the measures begun in it or still running when it began."""
        measures = self.view("assistance").select("household_id", "measure", "started_on", "ended_on")
        start = pl.col("identified_on")
        running = (
            (pl.col("started_on") >= start) | (pl.col("ended_on") > start) | pl.col("ended_on").is_null()
        )
        in_time = pl.col("eliminated_on").is_null() | (pl.col("started_on") <= pl.col("eliminated_on"))
        return (
            spells.select("household_id", "identified_on", "eliminated_on", "causes")
            .join(measures, on="household_id")
            .filter(running, in_time)
        )

    def resources_before(self, events: pl.DataFrame) -> pl.DataFrame:
        """Add to events their household's resources a person and year, and the line then.

        Parameters
        ----------
        events : DataFrame
            With ``household_id, occurred_on``.

        Returns
        -------
        DataFrame
            Plus ``per_person`` (currency a year, today's members) and ``line`` (the same);
            missing where no income was reported in the 12 months up to the event.
        """
        days = events.select("household_id", "occurred_on").unique()
        sizes = self.people.group_by("household_id").agg(pl.col("equivalents").sort().sum().alias("size"))
        sums = self.sums_before(days, "income", _SIGNED)
        paid = self.sums_before(days, "health", pl.col("own_payment"))
        lines = self.shard.lines.select("effective_from", line=pl.col("line_per_month") * 12)
        return (
            events.join(sums, on=["household_id", "occurred_on"], how="left")
            .join(paid, on=["household_id", "occurred_on"], how="left")
            .join(sizes, on="household_id", how="left")
            .with_columns(per_person=(pl.col("income") - pl.col("health").fill_null(0)) / pl.col("size"))
            .sort("occurred_on")
            .join_asof(lines.sort("effective_from"), left_on="occurred_on", right_on="effective_from")
        )

    def sums_before(self, days: pl.DataFrame, name: str, amount: pl.Expr) -> pl.DataFrame:
        """Sum a table's amounts over the 12 months up to each household's day."""
        records = self.view(name).select(
            "household_id", pl.col("occurred_on").alias("day"), amount.alias(name)
        )
        within = pl.col("day").is_between(
            pl.col("occurred_on").dt.offset_by("-1y"), pl.col("occurred_on"), "right"
        )
        return (
            days.join(records, on="household_id")
            .filter(within)
            .group_by("household_id", "occurred_on")
            .agg(pl.col(name).sort().sum())
        )


_SIGNED = pl.when(pl.col("source").is_in(COST)).then(-pl.col("amount")).otherwise(pl.col("amount"))
_CAUSES = ("main_cause", "cause_2", "cause_3", "cause_4", "cause_5")


def _among(column: str, others: pl.DataFrame) -> pl.Expr:
    return pl.col(column).is_in(others[column].unique().implode())
