"""Rolling origins: train on what was known at a season's end, judge with what came after."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NoReturn

import polars as pl

from models.keys import KEYS
from register.errors import LeakageError, SeasonError
from register.seasons import months_later, season_end, season_of


def origins(cohort: pl.DataFrame, season: str, count: int, min_positives: int) -> list[str]:
    """Choose the seasons to judge; none where nothing can be judged yet.

    Parameters
    ----------
    cohort : DataFrame
        ``as_of_date, label, label_known_on`` as known at the register's end.
    season : str
        The delivered season; no later one is judged.
    count : int
        How many, the latest ones.
    min_positives : int
        Households known to have come to the outcome, both to judge a season by and to
        train for it.

    Returns
    -------
    list of str
        Seasons, ascending.
    """
    reached = _reached(cohort, season)
    return [one for one, least in reached.items() if least >= min_positives][-count:]


def refuse_unjudged(cohort: pl.DataFrame, season: str, min_positives: int, positive: str) -> NoReturn:
    """Refuse to train where no season can be judged.

    Parameters
    ----------
    cohort, season, min_positives
        As in `origins`.
    positive : str
        What households are known to have (`watchlists.label_wording`).

    Raises
    ------
    SeasonError
        Always, saying how many households there would have to be.
    """
    most = most_positives(cohort, season)
    lower = f"lower evaluate.min_positives to {most} at most (rough figures), " if most else ""
    raise SeasonError(
        f"season {season}: no season until then has {min_positives} households known to have "
        f"{positive}, to judge by and to train on; found {most} at most; {lower}take more counties or a "
        "later season, another label.outcome, or model.kind=auto, which lists by a published order"
    )


def most_positives(cohort: pl.DataFrame, season: str) -> int:
    """Count those known to have come to the outcome, at the season with most to judge and to train on."""
    return max(_reached(cohort, season).values(), default=0)


def outlook(cohort: pl.DataFrame, months: int, settle_months: int) -> dict[str, str]:
    """Say from which day on a model can be trained, and judged, should enough households fall.

    Returns
    -------
    dict of str to str
        ISO days: the ``first`` as-of date, when its labels are known (``trained_from``), and
        when labels of that day's model are (``judged_from``); empty without a cohort.
    """
    if cohort.is_empty():
        return {}
    first = cohort["as_of_date"].min()
    trained = months_later(first, months + settle_months)  # type: ignore[arg-type]
    days = {
        "first": first,
        "trained_from": trained,
        "judged_from": months_later(trained, months + settle_months),
    }
    return {name: str(day) for name, day in days.items()}


def _reached(cohort: pl.DataFrame, season: str) -> dict[str, int]:
    fell = cohort.filter(pl.col("label"), pl.col("as_of_date") <= season_end(season))
    return {season_of(day): _both(fell, day) for day in fell["as_of_date"].unique().sort().to_list()}


def _both(positive: pl.DataFrame, day: date) -> int:
    """Count whom a season can be judged by or, where fewer, trained on."""
    judged, trained = pl.col("as_of_date") == day, pl.col("label_known_on") <= day
    return min(len(positive.filter(judged)), len(positive.filter(trained)))


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


def boundaries(cohort: pl.DataFrame, chosen: Sequence[str], months: int) -> pl.DataFrame:
    """Work out again where training ended and judging began, for every origin.

    Parameters
    ----------
    cohort : DataFrame
        ``household_id, as_of_date, label, label_known_on`` as known at the register's end.
    chosen : sequence of str
        The origins.
    months : int
        Length of the label window.

    Returns
    -------
    DataFrame
        ``origin, as_of_date``; ``first_trained, last_trained`` (as-of dates) and
        ``last_label_known_on`` of the labels known by then; ``window_opens,
        window_closes`` of the labels judged by; ``n_trained, n_trained_positive, n_judged,
        n_judged_positive, n_unknown``; ``n_repeated`` rows that stand twice;
        ``n_seen_before`` judged households that are also in the training rows, at earlier
        dates.

    Raises
    ------
    LeakageError
        When nothing was to train on before the origin, or something dated at it or later.
    """
    return pl.DataFrame([_boundary(cohort, origin, months) for origin in chosen])


def _boundary(cohort: pl.DataFrame, origin: str, months: int) -> dict[str, object]:
    day = season_end(origin)
    trained = cohort.filter(pl.col("label_known_on") <= day).drop_nulls("label")
    at_day = cohort.filter(pl.col("as_of_date") == day)
    judged = at_day.drop_nulls("label")
    last = trained["as_of_date"].max()
    if not isinstance(last, date) or last >= day:
        raise LeakageError(
            f"origin {origin}: the last as-of date trained on is {last!s}, allowed is one before {day}; its "
            "labels must be known by the origin (models/labels/labels.py), train again"
        )
    return {
        "origin": origin,
        "as_of_date": day,
        "first_trained": trained["as_of_date"].min(),
        "last_trained": last,
        "last_label_known_on": trained["label_known_on"].max(),
        "window_opens": day + timedelta(days=1),
        "window_closes": months_later(day, months),
        "n_trained": len(trained),
        "n_trained_positive": int(trained["label"].sum()),
        "n_judged": len(judged),
        "n_judged_positive": int(judged["label"].sum()),
        "n_unknown": len(at_day) - len(judged),
        "n_repeated": len(trained) + len(judged) - pl.concat([trained, judged]).select(KEYS).n_unique(),
        "n_seen_before": judged["household_id"].is_in(trained["household_id"].unique().implode()).sum(),
    }


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
