"""Tables beside the leaderboard: calibration in bins, precision by share, how early falls are listed."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from models.evaluation.board import MODEL, SUBGROUPS
from models.evaluation.capacity_lists import capacity_list
from models.evaluation.leaderboard import models_of, rows_of
from models.evaluation.metrics.ranking import Ranking
from models.figures import Figure, Figures
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, interval


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
        at = judged[rows_of(judged, (POOLED, subgroup))]
        once, label = np.ones((1, len(at))), at["label"].cast(pl.Int64).to_numpy()
        for model in models_of(judged) if len(at) else ():
            figures = Ranking(at[model].to_numpy(), label).metrics(once, shares)
            for share in shares:
                values = {
                    name: round(float(figures[form.format(f"{share:g}")][0]), 6)
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
