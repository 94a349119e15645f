"""Figures of a simulated prefecture that only its truth shows: spread, falls, what an oracle reaches."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl

#: Year end at which spread is measured.
COUNTED = date(2024, 12, 31)


def true_figures(truth: Mapping[str, pl.DataFrame]) -> dict[str, float]:
    """Measure the truth of all counties; the oracles only where true risk was worked out."""
    resources = truth["resources"]
    return {**_spread(resources), "base_rate": _base_rate(resources), **_oracles(resources, truth["risk"])}


def _mean(frame: pl.DataFrame, what: pl.Expr) -> float:
    return float(frame.select(what.cast(pl.Float64).mean()).item() or 0.0)


def _spread(resources: pl.DataFrame) -> dict[str, float]:
    """Measure spread by quartiles: payments make a long tail below that no survey reports."""
    at = resources.filter(pl.col("as_of_date") == COUNTED)
    spreads = {
        name: float(np.subtract(*np.quantile(np.log(at[column].clip(0.05)), [0.75, 0.25])) / 1.349)
        for name, column in (("recorded_log_sd", "told_over_needs"), ("true_log_sd", "over_needs"))
    }
    told_over = pl.col("told_over_needs")
    above, below = (
        _mean(resources, told_over.is_between(low, low + 0.1, closed="left")) for low in (1.0, 0.9)
    )
    return {
        **spreads,
        "bunching": above / max(below, 1e-9),
        "below_share": _mean(at, told_over < 1),
    }


def _base_rate(resources: pl.DataFrame) -> float:
    """Of those recorded above the line at a year's end, how many fall in the year after."""
    rows = resources.with_columns(
        bad=(pl.col("told_over_needs") < 1) | pl.col("has_breach"), year=pl.col("as_of_date").dt.year()
    )
    ends = rows.filter(pl.col("as_of_date").dt.month() == 12, pl.col("told_over_needs") >= 1)
    after = rows.group_by("household_id", year=pl.col("year") - 1).agg(pl.col("bad").any())
    return _mean(ends.join(after, on=["household_id", "year"], suffix="_after"), pl.col("bad_after"))


def _oracles(resources: pl.DataFrame, risk: pl.DataFrame) -> dict[str, float]:
    """Measure the AUC of true risk over those recorded above the line, by what is recorded later."""
    bad = resources.with_columns(bad=(pl.col("told_over_needs") < 1) | pl.col("has_breach"))
    days = risk["as_of_date"].unique().sort().to_list()
    cohorts = [
        _followed(bad, day).join(risk.filter(pl.col("as_of_date") == day), on="household_id") for day in days
    ]
    if not cohorts:
        return {}
    rows = pl.concat(cohorts)
    return {name: _auc(rows, name) for name in ("risk", "told_risk")}


def _followed(bad: pl.DataFrame, day: date) -> pl.DataFrame:
    """Give those above the line at a day who are seen for a year, with whether they fall."""
    start = bad.filter(pl.col("as_of_date") == day, pl.col("told_over_needs") >= 1).select("household_id")
    year = pl.lit(day).dt.offset_by("1y").dt.month_end()
    after = bad.filter(pl.col("as_of_date") > day, pl.col("as_of_date") <= year)
    followed = after.group_by("household_id").agg(pl.col("bad").any().alias("fell"), pl.len().alias("n"))
    return start.join(followed.filter(pl.col("n") == 4), on="household_id").select("household_id", "fell")


def _auc(rows: pl.DataFrame, score: str) -> float:
    """Chance that one who falls ranks above one who does not, ties counting half."""
    ranks = rows.select("fell", pl.col(score).rank("average").alias("rank")).filter("fell")
    positives, negatives = len(ranks), len(rows) - len(ranks)
    total: float = ranks.select(pl.col("rank").sum()).item()
    return (total - positives * (positives + 1) / 2) / max(positives * negatives, 1)
