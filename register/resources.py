"""The records that resources and needs are read from, sorted once: every date then is a pass over arrays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from register.records import Amounts, Numbers, Records, States
from register.tables.income import COST

_SIGNED = pl.when(pl.col("source").is_in(COST)).then(-pl.col("amount")).otherwise(pl.col("amount"))


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


def _where(counts: Numbers, values: Numbers | Amounts) -> pl.Series:
    series = pl.Series(values)
    return series.set(pl.Series(counts == 0), None)
