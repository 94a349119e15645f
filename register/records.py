"""Dated records as arrays: which were known on a day, which hold, and what they come to a household."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Amounts = NDArray[np.float64]
Numbers = NDArray[np.int64]
Days = NDArray[np.int32]

#: The day of what has not come.
NEVER = np.iinfo(np.int32).max
_EPOCH = date(1970, 1, 1).toordinal()


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


def _number(day: date) -> int:
    """Count the days since 1970."""
    return day.toordinal() - _EPOCH


def _days(dates: pl.Series) -> Days:
    days: Days = dates.to_physical().fill_null(NEVER).to_numpy()
    return days
