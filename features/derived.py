"""Columns of a view that are made from its own, as `features.expressions` promises them."""

import math
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from features.order import owner_of
from register.contract import Table


def money(table: Table) -> Sequence[str]:
    """Name a household's columns of money: they are measured by its needs."""
    return table.usable("money") if owner_of(table) == "household_id" else ()


def needs(table: Table, resources_months: int) -> dict[str, pl.Expr]:
    """Give the twins of each column of money: shares of the needs of the resources window and of a year.

    Without a line or equivalents they are no number, not missing: a sum must not leave them out.
    """
    month = pl.when(pl.col("equivalents") > 0).then(pl.col("line_then") * pl.col("equivalents"))
    return {
        f"{column}_{twin}": pl.col(column) / (month * months).fill_null(math.nan)
        for column in money(table)
        for twin, months in (("needs", resources_months), ("of_year", 12))
    }


def is_open() -> pl.Expr:
    """Mark spells that go on at the as-of date, as far as known then."""
    return pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("as_of_date"))


def spells(table: Table) -> dict[str, pl.Expr]:
    """Give what the end of a spell says at the as-of date; nothing of a table without ends."""
    if "ended_on" not in table.by_name:
        return {}
    ended, day = pl.col("ended_on").dt, pl.col("as_of_date").dt
    months_ago = day.year() * 12 + day.month() - ended.year() * 12 - ended.month()
    return {
        "is_active": is_open(),
        "ended_months_ago": pl.when(~is_open()).then(months_ago),
        "ends_in_months": pl.when(is_open()).then(-months_ago),
    }


def times(resources_months: int, rural_income: Mapping[date, float | None]) -> dict[str, pl.Expr]:
    """Give what the as-of date alone decides."""
    rural = pl.col("as_of_date").replace_strict(rural_income, return_dtype=pl.Float64)
    return {"is_current": pl.col("months_ago") < resources_months, "rural_income": rural}
