"""Rolling origins: train on what was known at a season's end, judge with what came after."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from models.bootstrap import Resampling, interval
from models.figures import Figure, Figures
from models.leaderboard import MODEL, SUBGROUPS, Bootstrap, capacity_list, models_of, rows_of
from models.metrics import Ranking
from register.errors import LeakageError, SeasonError
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


def reliability(judged: pl.DataFrame, bins: int, bootstrap: Bootstrap) -> pl.DataFrame:
    """Compare predicted with observed shares, pooled, in equally large bins of risk.

    Returns
    -------
    DataFrame
        ``bin, n, n_positive, mean_risk, observed, low, high`` (95 %), six decimals.
    """
    known = judged.drop_nulls("label").sort(MODEL, "household_id", "origin").with_row_index("position")
    ranked = known.with_columns((pl.col("position").cast(pl.Int64) * bins // len(known) + 1).alias("bin"))
    spread = Resampling(ranked["cluster"], bootstrap.resamples, bootstrap.seed).spread(_observed(ranked))
    bounds = pl.DataFrame(
        [(int(one), *interval(values)) for one, values in spread.items()],
        schema={"bin": pl.Int64(), "low": pl.Float64(), "high": pl.Float64()},
        orient="row",
    )
    return (
        ranked.group_by("bin")
        .agg(
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("label").cast(pl.Int64).sum().alias("n_positive"),
            pl.col(MODEL).sort().mean().round(6).alias("mean_risk"),
        )
        .with_columns((pl.col("n_positive") / pl.col("n")).round(6).alias("observed"))
        .join(bounds.with_columns(pl.col("low", "high").round(6)), on="bin")
        .sort("bin")
    )


def _observed(ranked: pl.DataFrame) -> Figures:
    label = ranked["label"].cast(pl.Float64).to_numpy()
    chosen = {str(one): (ranked["bin"] == one).cast(pl.Float64).to_numpy() for one in ranked["bin"].unique()}
    return {one: Figure(inside * label, inside) for one, inside in sorted(chosen.items())}


def at_shares(judged: pl.DataFrame, shares: Sequence[float]) -> pl.DataFrame:
    """Measure every model at every share of the cohort listed, all origins pooled.

    Returns
    -------
    DataFrame
        ``subgroup, model, share_percent, precision, precision_worst, precision_best, recall,
        lift``, six decimals.
    """
    rows = []
    for subgroup in SUBGROUPS:
        at = judged[rows_of(judged, ("pooled", subgroup))]
        once, label = np.ones((1, len(at))), at["label"].cast(pl.Int64).to_numpy()
        for model in models_of(judged) if len(at) else ():
            found = Ranking(at[model].to_numpy(), label).metrics(once, shares)
            for share in shares:
                values = {
                    name: round(float(found[form.format(f"{share:g}")][0]), 6)
                    for name, form in _AT_SHARE.items()
                }
                rows.append({"subgroup": subgroup, "model": model, "share_percent": float(share), **values})
    return pl.DataFrame(rows)


_AT_SHARE = {
    "precision": "precision_at_{}",
    "precision_worst": "precision_at_{}_worst",
    "precision_best": "precision_at_{}_best",
    "recall": "recall_at_{}",
    "lift": "lift_at_{}",
}


def lead_times(judged: pl.DataFrame) -> pl.DataFrame:
    """Say how many of the falls of each quarter of the window every model's list at capacity holds.

    Returns
    -------
    DataFrame
        ``model, months`` (the fall was first seen within so many months, a quarter each),
        ``n_positive, found`` (expected over ties), ``recall``; all origins pooled.
    """
    rows = judged.sort("origin", "household_id")
    fell = pl.col("label").fill_null(value=False) & pl.col("lead_months").is_not_null()
    quarter = ((pl.col("lead_months") + 2) // 3 * 3).cast(pl.Int64).alias("months")
    parts = []
    for model in models_of(judged):
        listed = pl.Series("listed", capacity_list(rows, model).now.mean)
        counted = rows.with_columns(listed, quarter).filter(fell).group_by("months")
        summed = counted.agg(
            pl.len().cast(pl.Int64).alias("n_positive"), pl.col("listed").sort().sum().round(4).alias("found")
        )
        parts.append(summed.sort("months").select(pl.lit(model).alias("model"), pl.all()))
    return pl.concat(parts).with_columns((pl.col("found") / pl.col("n_positive")).round(6).alias("recall"))


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
    last, keys = trained["as_of_date"].max(), ["household_id", "as_of_date"]
    if not isinstance(last, date) or last >= day:
        raise LeakageError(
            f"origin {origin}: the last as-of date trained on is {last!s}, allowed is one before {day}; its "
            "labels must be known by the origin (models/labels.py), train again"
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
        "n_repeated": len(trained) + len(judged) - pl.concat([trained, judged]).select(keys).n_unique(),
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
