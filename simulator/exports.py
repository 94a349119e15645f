"""The yearly export: a year's income in one sum, states as they stand that day, all under its date."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from simulator.timeline import Days

#: Tables of states, whose each is, and when it begins and ends; work is told month by month (DOMAIN 3.3).
SPELLS = {
    "households": ("household_id", "valid_from", "valid_to"),
    "members": ("member_id", "valid_from", "valid_to"),
    "schooling": ("member_id", "started_on", "ended_on"),
}
#: Tables of what is surveyed: how a household is found to live on a day.
SURVEYED = ("housing", "water", "land")


def yearly_exports(lived: Mapping[str, pl.DataFrame], days: Days) -> dict[str, pl.DataFrame]:
    """Write down the tables of the yearly form as their exports tell them.

    Parameters
    ----------
    lived : mapping of str to DataFrame
        By table what was; an event is told by the first export of its day or after it.
    days : array of days
        Of the exports, ascending.

    Returns
    -------
    dict of str to DataFrame
        The same columns and ``recorded_on``. What begins and ends between two exports, or
        comes after the last, no export tells.
    """
    spells = {name: _spells(lived[name], *columns, days) for name, columns in SPELLS.items()}
    surveyed = {name: _surveyed(lived[name], days) for name in SURVEYED}
    return {**spells, **surveyed, "income": _sums(lived["income"], spells["households"], days)}


def _dated(rows: pl.DataFrame, event: str, days: Days) -> pl.DataFrame:
    """Date by the first export that tells of an event; missing where none does."""
    first = np.searchsorted(days, rows[event].to_numpy().astype("datetime64[D]"))
    exports = pl.Series(event, [*days.tolist(), None], dtype=pl.Date)
    return rows.with_columns(exports.gather(first))


def _surveyed(rows: pl.DataFrame, days: Days) -> pl.DataFrame:
    dated = _dated(rows.sort("occurred_on", maintain_order=True), "occurred_on", days)
    last = dated.unique(["household_id", "occurred_on"], keep="last", maintain_order=True)
    return _recorded(last, "occurred_on")


def _spells(rows: pl.DataFrame, whose: str, begins: str, ends: str, days: Days) -> pl.DataFrame:
    """Tell the last state of a year open by the export after it began, and again by the one after its end."""
    following = pl.col(begins).shift(-1).over(whose)
    one_by_one = rows.sort(begins, maintain_order=True).with_columns(pl.col(ends).fill_null(following))
    dated = _dated(_dated(one_by_one, begins, days), ends, days)
    last = dated.unique([whose, begins], keep="last", maintain_order=True)
    lasted = last.filter(pl.col(ends).is_null() | (pl.col(begins) < pl.col(ends)))
    opened = lasted.with_columns(pl.lit(None, dtype=pl.Date).alias(ends))
    return pl.concat([_recorded(opened, begins), _recorded(lasted.filter(pl.col(ends).is_not_null()), ends)])


def _sums(income: pl.DataFrame, households: pl.DataFrame, days: Days) -> pl.DataFrame:
    """Add up what came in since the last export; a new household is asked for its first year alone."""
    dated = _dated(income, "occurred_on", days)
    first = households.group_by("household_id").agg(pl.col("valid_from").min().alias("first"))
    since = dated.join(first, on="household_id", maintain_order="left").filter(
        pl.col("occurred_on") >= pl.col("first")
    )
    sums = since.group_by("household_id", "source", "occurred_on", maintain_order=True).agg(
        pl.col("amount").sum(), pl.col("member_id").first()
    )
    return _recorded(sums.select(income.columns), "occurred_on")


def _recorded(rows: pl.DataFrame, day: str) -> pl.DataFrame:
    return rows.filter(pl.col(day).is_not_null()).with_columns(pl.col(day).alias("recorded_on"))
