"""The few words features are written in.

A table's as-of view has the contract's columns and ``months_ago``; each money column
``x`` has a twin ``x_needs``: the amount as a share of the household's needs over the
resources window (line at the event's date x equivalents x resources months). So 1.0
means "as much as the household needs", in any country and year. ``is_current`` marks
events in the resources window. ``members`` has ``age``; tables with a ``member_id``
have the member's ``age`` too. Open spells are ``is_active``.
"""

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


def total(column: str, condition: pl.Expr) -> pl.Expr:
    """Sum a column where `condition` holds; 0 where it never does.

    The values are sorted first: floating sums depend on order, and a feature must not.
    """
    return pl.col(column).filter(condition).sort().sum()


def count(condition: pl.Expr) -> pl.Expr:
    """Count the records where `condition` holds."""
    return condition.sum().cast(pl.Float64)


def share(condition: pl.Expr, base: pl.Expr | None = None) -> pl.Expr:
    """Share of the records (of `base`) where `condition` holds; missing without any."""
    if base is None:
        return condition.mean()
    return (condition & base).sum() / pl.when(base.any()).then(base.sum())


def latest(column: str, event: str = "occurred_on") -> pl.Expr:
    """Value of the latest record that has one; missing without any."""
    known = pl.col(column).is_not_null()
    return pl.col(column).filter(known).sort_by(pl.col(event).filter(known)).last()


def months_since(condition: pl.Expr) -> pl.Expr:
    """Months since the latest record where `condition` holds; missing if never."""
    return pl.col("months_ago").filter(condition).min().cast(pl.Float64)


def ratio(numerator: str, denominator: str) -> pl.Expr:
    """Divide two columns; missing where the denominator is 0."""
    return pl.col(numerator) / pl.when(pl.col(denominator) != 0).then(pl.col(denominator))


def earlier(expression: pl.Expr) -> pl.Expr:
    """Shift to the household's previous as-of date; missing at the first."""
    return expression.shift(1).over("household_id", order_by="as_of_date")


def neighbours_mean(column: str) -> pl.Expr:
    """Mean over the village's other households at the date; missing without any other."""
    value = pl.col(column)
    place = ["village_id", "as_of_date"]
    others = value.count().over(place) - value.is_not_null().cast(pl.Int64)
    rest = value.sum().over(place) - value.fill_null(0)
    return rest / pl.when(others > 0).then(others)
