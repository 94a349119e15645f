"""The few words features are written in.

A table's as-of view has the contract's columns and ``months_ago``, and within a household
is sorted by event. Each money column ``x`` has two twins: ``x_needs``, the amount as a share
of the household's needs over the resources window (line at the event's date x equivalents x
resources months), and ``x_of_year``, the same over a year. So 1.0 means "as much as the
household needs", in any country and year. ``is_current`` marks events in the resources
window. Tables with a ``member_id`` have the member's ``age``, missing for who is no member
now; of members, ``years_attended`` are those of school that the stage attended now leads
to, missing for who attends none, ``school_years`` those completed or attended;
``is_at_work`` marks who has a job, ``is_in_labour_force`` also who looks for one. Open spells
are ``is_active``; closed ones have
``ended_months_ago``, open ones ``ends_in_months`` where an end is set. ``rural_income`` is
last year's rural disposable income a head of the province, in currency; missing where it is
not known. ``version`` counts how often a record had been corrected when it became known,
``entered_after`` the months from its event to its entry.
"""

import math
from functools import reduce
from operator import add

import polars as pl


def within(months: int) -> pl.Expr:
    """Mark events in (as_of - months, as_of]; `as_of_date` is always a month's end."""
    return pl.col("months_ago") < months


def between(months: int, more: int) -> pl.Expr:
    """Mark events in (as_of - more, as_of - months]."""
    return (pl.col("months_ago") >= months) & (pl.col("months_ago") < more)


def current() -> pl.Expr:
    """Mark events in the resources window."""
    return pl.col("is_current")


def active() -> pl.Expr:
    """Mark spells that are open at the as-of date, as far as known then."""
    return pl.col("is_active")


def present() -> pl.Expr:
    """Mark records of people who belong to the household at the as-of date."""
    return pl.col("age").is_not_null()


def working() -> pl.Expr:
    """Mark the jobs that members hold at the as-of date; looking for work is none."""
    return active() & present() & (pl.col("activity") != "seeking")


def attending() -> pl.Expr:
    """Mark the schools that members attend at the as-of date."""
    return active() & present() & ~pl.col("stage").is_in(["dropped_out", "not_attending"])


# Sums and extremes are taken of lists in which nothing is missing: as exact as `pl.Expr.sum` and
# `pl.Expr.max`, and a third of their price, which falls due once a group and not once a record.
def _sum(values: pl.Expr) -> pl.Expr:
    return values.implode().list.sum()


def _mean(values: pl.Expr) -> pl.Expr:
    number = _sum(values.is_not_null()).replace(0, None)
    return _sum(values.cast(pl.Float64).fill_null(0)) / number


def _where(condition: pl.Expr, value: str | pl.Expr) -> pl.Expr:
    return pl.when(condition).then(pl.col(value) if isinstance(value, str) else value)


def total(value: str | pl.Expr, condition: pl.Expr) -> pl.Expr:
    """Sum values where `condition` holds; 0 where it never does, missing if a line is missing."""
    return _sum(_where(condition, value).fill_null(0))


def count(condition: pl.Expr) -> pl.Expr:
    """Count the records where `condition` holds."""
    return _sum(condition.fill_null(value=False)).cast(pl.Float64)


def where_known(column: str, value: pl.Expr) -> pl.Expr:
    """Give a value where the column says something in any record; else it is missing."""
    return pl.when(pl.col(column).is_not_null().any()).then(value)


def people(condition: pl.Expr) -> pl.Expr:
    """Count the persons with a record where `condition` holds."""
    return pl.col("member_id").filter(condition).drop_nulls().n_unique().cast(pl.Float64)


def share(condition: pl.Expr, base: pl.Expr | None = None) -> pl.Expr:
    """Share of the records (of `base`) where `condition` holds; missing where none tells."""
    return _mean(condition if base is None else _where(base, condition))


def entered_months_ago() -> pl.Expr:
    """Months from the month a record became known to the as-of date."""
    return pl.col("months_ago") - pl.col("entered_after")


def largest(value: str | pl.Expr, condition: pl.Expr) -> pl.Expr:
    """Largest of values, all of them numbers, where `condition` holds; missing without any."""
    known = _where(condition, value).cast(pl.Float64).fill_null(-math.inf)
    return known.implode().list.max().replace(-math.inf, None)


def smallest(value: str | pl.Expr, condition: pl.Expr) -> pl.Expr:
    """Smallest of values, all of them numbers, where `condition` holds; missing without any."""
    known = _where(condition, value).cast(pl.Float64).fill_null(math.inf)
    return known.implode().list.min().replace(math.inf, None)


def mean(value: str | pl.Expr, condition: pl.Expr) -> pl.Expr:
    """Mean of the known values where `condition` holds; missing without any."""
    return _mean(_where(condition, value))


def latest(value: str | pl.Expr) -> pl.Expr:
    """Value of the latest record that has one; missing without any."""
    return (pl.col(value) if isinstance(value, str) else value).drop_nulls().last()


def months_since(condition: pl.Expr, most: int | None = None) -> pl.Expr:
    """Months since the latest record where `condition` holds; missing if never.

    With `most` no more months are counted, and never is as long ago: an event must not be
    compared with something missing, on whose side no direction holds.
    """
    months = smallest("months_ago", condition)
    return months if most is None else months.fill_null(most).clip(upper_bound=most)


def divide(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """Divide; missing where the denominator is 0."""
    return numerator / pl.when(denominator != 0).then(denominator)


def over_rural_income(amount: pl.Expr) -> pl.Expr:
    """Measure an amount in last year's rural incomes a head; missing where that is not known."""
    return amount * (1 / pl.col("rural_income").first())


def plus(*columns: str) -> pl.Expr:
    """Add columns from left to right; `pl.sum_horizontal` adds in an order that threads decide."""
    return reduce(add, (pl.col(column) for column in columns))


def ratio(numerator: str, denominator: str) -> pl.Expr:
    """Divide two columns; missing where the denominator is 0."""
    return divide(pl.col(numerator), pl.col(denominator))


def earlier(expression: pl.Expr) -> pl.Expr:
    """Shift to the household's previous as-of date; missing at the first.

    The engine hands over rows sorted by household and date.
    """
    is_same = pl.col("household_id") == pl.col("household_id").shift(1)
    return pl.when(is_same).then(expression.shift(1))


def change(column: str) -> pl.Expr:
    """Value now minus the value at the household's previous as-of date."""
    return pl.col(column) - earlier(pl.col(column))


def neighbours_mean(column: str | pl.Expr) -> pl.Expr:
    """Mean over the place's other households at the date; missing without any other.

    The place is the feature's `over`: village, township or county; ``place_id`` numbers it at
    the date.

    Values are sorted before they are summed: floating sums depend on order, and a feature
    must not depend on how households are named.
    """
    value = pl.col(column).cast(pl.Float64) if isinstance(column, str) else column.cast(pl.Float64)
    others = value.count().over("place_id") - value.is_not_null().cast(pl.Int64)
    rest = value.sort().sum().over("place_id") - value.fill_null(0)
    return rest / pl.when((others > 0) & pl.col("place_id").is_not_null()).then(others)
