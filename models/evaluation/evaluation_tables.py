"""Tables beside the leaderboard: calibration in bins, precision by share, how early falls are listed."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from models.evaluation.board import CAME, MODEL, SUBGROUPS
from models.evaluation.capacity_lists import capacity_list
from models.evaluation.leaderboard import models_of, rows_of
from models.evaluation.metrics.ranking import Ranking
from models.figures import Figure, Figures
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, with_bounds


def reliability(judged: pl.DataFrame, bins: int, bootstrap: Bootstrap) -> pl.DataFrame:
    """Compare predicted with observed shares, pooled, in equally large bins of the risk `CAME`.

    Returns
    -------
    DataFrame
        ``bin, n, n_positive``; ``mean_risk`` and ``observed`` with ``low, high`` (95 %);
        ``relative_bias`` (mean risk over observed, less one) with ``_low`` and ``_high``; and
        ``relative_bias_assumed``, of the same rows as `MODEL` reads them, likewise. Six decimals; a
        relative bias is missing where nobody fell.
    """
    read = judged.select("household_id", "origin", "cluster", "label", CAME, MODEL)
    known = read.drop_nulls("label").sort(CAME, "household_id", "origin").with_row_index("position")
    ranked = known.with_columns((pl.col("position").cast(pl.Int64) * bins // len(known) + 1).alias("bin"))
    drawn = Resampling(ranked["cluster"], bootstrap.resamples, bootstrap.seed)
    measured = [
        {"bin": one, **with_bounds(_of_bin(ranked, one), drawn)} for one in ranked["bin"].unique().sort()
    ]
    counts = ranked.group_by("bin").agg(
        pl.len().cast(pl.Int64).alias("n"),
        pl.col("label").cast(pl.Int64).sum().alias("n_positive"),
        pl.col(CAME).sort().mean().round(6).alias("mean_risk"),
    )
    figures = pl.DataFrame(measured, schema=_OF_BIN).rename({"observed_low": "low", "observed_high": "high"})
    return counts.join(figures, on="bin").sort("bin")


_OF_BIN = {
    "bin": pl.Int64(),
    **{
        f"{name}{end}": pl.Float64()
        for name in ("observed", "relative_bias", "relative_bias_assumed")
        for end in ("", "_low", "_high")
    },
}


def _of_bin(ranked: pl.DataFrame, one: int) -> Figures:
    inside, label, came, assumed = (
        ranked.select((pl.col("bin") == one).cast(pl.Float64), pl.col("label").cast(pl.Float64), CAME, MODEL)
        .to_numpy()
        .T
    )
    fell = inside * label
    return {
        "observed": Figure(fell, inside),
        "relative_bias": Figure(inside * came, fell, start=-1.0),
        "relative_bias_assumed": Figure(inside * assumed, fell, start=-1.0),
    }


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
        at = rows_of(judged, (POOLED, subgroup))
        once, label = np.ones((1, len(at))), judged["label"][at].cast(pl.Int64).to_numpy()
        for model in models_of(judged) if len(at) else ():
            figures = Ranking(judged[model][at].to_numpy(), label).metrics(once, shares)
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
