"""The records that resources and needs are read from, sorted once: every date then is a pass over arrays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from register.tables.income import COST

Flags = NDArray[np.bool_]
Amounts = NDArray[np.float64]
Numbers = NDArray[np.int64]
Days = NDArray[np.int32]

#: The day of what has not come.
NEVER = np.iinfo(np.int32).max
_EPOCH = date(1970, 1, 1).toordinal()
_SIGNED = pl.when(pl.col("source").is_in(COST)).then(-pl.col("amount")).otherwise(pl.col("amount"))


@dataclass(frozen=True)
class Records:
    """Records of known households, sorted by household and amount.

    Attributes
    ----------
    household : array (n,)
        Number of the household.
    amount : array (n,)
        What is summed, ascending in each household; 0 where missing, which comes first.
    event, recorded_on, replaced_on : array (n,)
        Days since 1970; `NEVER` where missing.
    month : array (n,)
        Of the event, counted from year 0.
    """

    household: Numbers
    amount: Amounts
    event: Days
    recorded_on: Days
    replaced_on: Days
    month: Days

    @classmethod
    def of(cls, table: pl.DataFrame, event: str) -> "Records":
        """Take a table with ``household`` and ``amount`` that is sorted by them."""
        month = table[event].dt.year() * 12 + table[event].dt.month().cast(pl.Int32)
        return cls(
            table["household"].to_numpy(),
            table["amount"].fill_null(0.0).to_numpy(),
            _days(table[event]),
            _days(table["recorded_on"]),
            _days(table["replaced_on"]),
            month.fill_null(NEVER).to_numpy(),
        )

    def known(self, day: date, known_on: date) -> Flags:
        """Tell which records `register.shard.Shard.known` shows."""
        known_by = _number(known_on)
        known: Flags = self.event <= _number(day)
        known &= self.recorded_on <= known_by
        known &= self.replaced_on > known_by
        return known

    def recent(self, day: date, known_on: date, months: int) -> Flags:
        """Tell which of those known fall in the last months, that of the day included."""
        recent: Flags = self.month > day.year * 12 + day.month - months
        return recent & self.known(day, known_on)

    def summed(self, chosen: Flags, households: int) -> tuple[Numbers, Amounts]:
        """Count and sum the chosen records of each household (`sums`)."""
        rows = np.flatnonzero(chosen)
        return sums(self.household[rows], self.amount[rows], households)


@dataclass(frozen=True)
class States:
    """Records that hold until the next of their entity, or until they end.

    Attributes
    ----------
    records : Records
    order : array (n,)
        Rows of `records` by entity and event.
    entity, valid_to : array (n,)
        In that order: number of the entity; first day a state no longer holds.
    """

    records: Records
    order: Numbers
    entity: Numbers
    valid_to: Days

    @classmethod
    def of(cls, table: pl.DataFrame, entity: str) -> "States":
        """Take a table of states as `Records.of` takes one."""
        ordered = table.with_row_index("row").sort(entity, "valid_from")
        rows, number = ordered.select(pl.col("row").cast(pl.Int64), pl.col(entity).rle_id().cast(pl.Int64))
        return cls(
            Records.of(table, "valid_from"), rows.to_numpy(), number.to_numpy(), _days(ordered["valid_to"])
        )

    def in_force(self, day: date, known_on: date) -> Flags:
        """Tell which records `register.shard.Shard.view` shows."""
        known = np.flatnonzero(self.records.known(day, known_on)[self.order])
        latest = known[np.diff(self.entity[known], append=-1) != 0]
        in_force = np.zeros(len(self.order), dtype=np.bool_)
        in_force[self.order[latest[self.valid_to[latest] > _number(day)]]] = True
        return in_force


@dataclass(frozen=True)
class Resources:
    """What one county's resources and needs are read from.

    Attributes
    ----------
    households : DataFrame
        The table in the order of `homes`, with the number of the household.
    homes, members : States
        The latter with their equivalents.
    income, payments : Records
        Net income and claims; eligible own payment.
    """

    households: pl.DataFrame
    homes: States
    members: States
    income: Records
    payments: Records

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame]) -> "Resources":
        """Take a shard's tables; households are numbered as their ids sort."""
        ids = tables["households"].select(pl.col("household_id").unique().sort())
        numbers = ids.with_row_index("household").cast({"household": pl.Int64})

        def sorted_by(name: str, amount: pl.Expr) -> pl.DataFrame:
            own = tables[name].join(numbers, on="household_id").with_columns(amount.alias("amount"))
            return own.sort("household", "amount")

        households = sorted_by("households", pl.lit(0.0))
        return cls(
            households.select("household", "household_id", "village_id", "category"),
            States.of(households, "household_id"),
            States.of(sorted_by("members", pl.col("equivalents")), "member_id"),
            Records.of(sorted_by("income", _SIGNED), "occurred_on"),
            Records.of(sorted_by("health", pl.col("own_payment")), "occurred_on"),
        )

    def at(self, day: date, months: int, known_on: date) -> pl.DataFrame:
        """Read every household in force at a day, as known on another.

        Returns
        -------
        DataFrame
            ``household, household_id, village_id, category, n_members, equivalents, net_income,
            own_payment``, sorted by household; the figures of who has no record are missing.
        """
        households = self.households.filter(self.homes.in_force(day, known_on))
        own, size = households["household"].to_numpy(), len(self.households)
        n_members, equivalents = self.members.records.summed(self.members.in_force(day, known_on), size)
        n_incomes, income = self.income.summed(self.income.recent(day, known_on, months), size)
        n_payments, payment = self.payments.summed(self.payments.recent(day, known_on, months), size)
        return households.with_columns(
            n_members=_where(n_members[own], n_members[own]),
            equivalents=_where(n_members[own], equivalents[own]),
            net_income=_where(n_incomes[own], income[own]),
            own_payment=_where(n_payments[own], payment[own]),
        )


def sums(household: Numbers, amount: Amounts, households: int) -> tuple[Numbers, Amounts]:
    """Count and sum the amounts of each household, carrying what rounding lost.

    Parameters
    ----------
    household : array (n,)
        Ascending.
    amount : array (n,)
        In the order they are added in.
    households : int
        How many there are.

    Returns
    -------
    counts, sums : array (households,)
        The sums are those of Kahan, as polars' ``sort().sum()`` in a group.

    Examples
    --------
    >>> counts, summed = sums(np.repeat([0, 2], [10, 1]), np.full(11, 0.1), 3)
    >>> counts.tolist(), summed.tolist(), sum([0.1] * 10)
    ([10, 0, 1], [1.0, 0.0, 0.1], 0.9999999999999999)
    """
    counts = np.bincount(household, minlength=households)
    order = np.argsort(-counts, kind="stable")
    first, fewest = (np.cumsum(counts) - counts)[order], -counts[order]
    total, lost = np.zeros((2, households))
    for step in range(counts.max(initial=0)):
        long = np.searchsorted(fewest, -step)  # the households with more records than steps so far
        added = amount[first[:long] + step] - lost[:long]
        summed = total[:long] + added
        lost[:long] = (summed - total[:long]) - added
        total[:long] = summed
    return counts, total[np.argsort(order)]


def _where(counts: Numbers, values: Numbers | Amounts) -> pl.Series:
    series = pl.Series(values)
    return series.set(pl.Series(counts == 0), None)


def _number(day: date) -> int:
    """Count the days since 1970."""
    return day.toordinal() - _EPOCH


def _days(dates: pl.Series) -> Days:
    days: Days = dates.to_physical().fill_null(NEVER).to_numpy()
    return days
