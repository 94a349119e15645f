"""Rolling origins: train on what was known at a season's end, judge with what came after."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from register.errors import SeasonError
from register.seasons import months_later, season_end, season_of


def origins(cohort: pl.DataFrame, season: str, count: int, min_positives: int) -> list[str]:
    """Choose the seasons to judge.

    Parameters
    ----------
    cohort : DataFrame
        ``as_of_date, label, label_known_on`` as known at the register's end.
    season : str
        The delivered season; no later one is judged.
    count : int
        How many, the latest ones.
    min_positives : int
        Households known to have fallen, both to judge a season by and to train for it.

    Returns
    -------
    list of str
        Seasons, ascending.

    Raises
    ------
    SeasonError
        When there is none.
    """
    fell = cohort.filter(pl.col("label"), pl.col("as_of_date") <= season_end(season))
    found = [
        season_of(day)
        for day in fell["as_of_date"].unique().sort().to_list()
        if len(fell.filter(pl.col("as_of_date") == day)) >= min_positives
        and len(fell.filter(pl.col("label_known_on") <= day)) >= min_positives
    ]
    if not found:
        raise SeasonError(
            f"season {season}: no season until then has {min_positives} households known to have fallen, to "
            "judge by and to train on; lower evaluate.min_positives or take a later season"
        )
    return found[-count:]


def register_end(last_recorded_on: date, season: str) -> date:
    """Give the last season end the register reaches.

    A register entered into the last month of a quarter reaches its end; it always
    reaches the delivered season's.

    Examples
    --------
    >>> register_end(date(2026, 2, 10), "2025Q3")
    datetime.date(2025, 12, 31)
    """
    quarter = season_end(season_of(last_recorded_on))
    reached = last_recorded_on.month == quarter.month
    return max(quarter if reached else months_later(quarter, -3), season_end(season))


def reliability(judged: pl.DataFrame, bins: int) -> pl.DataFrame:
    """Compare predicted with observed shares, pooled, in equally large bins of risk.

    Returns
    -------
    DataFrame
        ``bin, n, n_positive, mean_risk, observed``, six decimals.
    """
    ranked = judged.sort("risk_model", "household_id", "origin").with_row_index("place")
    return (
        ranked.with_columns((pl.col("place").cast(pl.Int64) * bins // len(judged) + 1).alias("bin"))
        .group_by("bin")
        .agg(
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("label").cast(pl.Int64).sum().alias("n_positive"),
            pl.col("risk_model").sort().mean().round(6).alias("mean_risk"),
        )
        .with_columns((pl.col("n_positive") / pl.col("n")).round(6).alias("observed"))
        .sort("bin")
    )


def season_table(cohort: pl.DataFrame, censored: Sequence[str]) -> pl.DataFrame:
    """Count each season's cohort: who, how many labels, how many fell, why some are unknown."""
    reasons = [(pl.col("censored") == kind).sum().cast(pl.Int64).alias(kind) for kind in censored]
    return (
        cohort.group_by("as_of_date")
        .agg(
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("is_return").sum().cast(pl.Int64).alias("n_return"),
            pl.col("label").is_not_null().sum().cast(pl.Int64).alias("n_known"),
            pl.col("label").sum().cast(pl.Int64).alias("n_positive"),
            *reasons,
        )
        .sort("as_of_date")
        .with_columns((pl.col("n_positive") / pl.col("n_known")).fill_nan(None).round(6).alias("base_rate"))
    )
