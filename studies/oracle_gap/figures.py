"""How well the models and the true risk rank the same households, and what each step brings."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

from models.evaluation.metrics import ranking
from models.figures import Figure, Figures, linear
from models.keys import KEYS
from models.resampling import Resampling, interval

RESAMPLES, SEED = 1000, 1
#: What became of a household: whether it truly fell, and whether a fall was recorded.
FELL, RECORDED = "fell", "recorded"
Steps = Mapping[str, tuple[str, str]]


def outcomes(folder: Path) -> pl.DataFrame:
    """Give the cohort of a run whose outcome is known by the register's end."""
    cohort = pl.read_parquet(folder / "artifacts" / "model" / "cohort.parquet")
    return cohort.drop_nulls("label").select(*KEYS, "village_id", "label")


def scores(folder: Path, name: str) -> pl.DataFrame:
    """Give what a run's trees said of the judged seasons: they are the kind it chose (docs/oracle_gap.md)."""
    paths = sorted((folder / "artifacts" / "model" / "origins").glob("*/scores.parquet"))
    return pl.concat(pl.read_parquet(path).select(*KEYS, pl.col("trees").alias(name)) for path in paths)


def judged(
    reported: Path, others: Sequence[Path], true: Path, scored: Sequence[pl.DataFrame], risk: pl.DataFrame
) -> pl.DataFrame:
    """Join what every model said of the households that all of them may list.

    Parameters
    ----------
    reported, true : Path
        Runs whose labels say whether a fall was recorded, and whether there was one.
    others : sequence of Path
        Other runs whose cohorts the households must be in.
    scored : sequence of DataFrame
        `KEYS` and one column a model.
    risk : DataFrame
        `KEYS`, ``risk`` and ``told_risk``.
    """
    rows = outcomes(reported).rename({"label": RECORDED})
    rows = rows.join(outcomes(true).select(*KEYS, pl.col("label").alias(FELL)), on=KEYS, how="inner")
    for folder in others:
        rows = rows.join(outcomes(folder).select(KEYS), on=KEYS, how="semi")
    for frame in (risk, *scored):
        rows = rows.join(frame, on=KEYS, how="inner")
    return rows.sort(KEYS)


def auc(rows: pl.DataFrame, score: str, outcome: str) -> Figure:
    """Give the mean over the seasons of the AUC within a season: a list is of one season.

    References
    ----------
    Its influences are those of the seasons' AUCs (`models.evaluation.metrics.ranking.auc`).
    """
    days = rows["as_of_date"].to_numpy()
    seasons = np.unique(days)
    values, influence = [], np.zeros(len(rows))
    for day in seasons:
        at = days == day
        season = rows.filter(pl.Series(at))
        fell = season[outcome].cast(pl.Int64).to_numpy()
        season_auc = ranking.auc(ranking.Ranking(season[score].to_numpy(), fell))
        values.append(season_auc.value)
        influence[at] = season_auc.part * len(rows) / (at.sum() * len(seasons))
    return linear(float(np.mean(values)), influence)


def rankings(
    rows: pl.DataFrame, names: Sequence[str], outcome: str
) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """Give the AUC of each score with its 95 % interval, and the same for every draw of villages."""
    figures: Figures = {name: auc(rows, name, outcome) for name in names}
    drawn = Resampling(rows["village_id"], RESAMPLES, SEED).spread(figures)
    table = {name: with_interval(one.value, drawn[name]) for name, one in figures.items()}
    return pd.DataFrame(table).T, drawn


def parts(table: pd.DataFrame, drawn: Mapping[str, np.ndarray], steps: Steps) -> pd.DataFrame:
    """Subtract, step by step: ``{step: (better, worse)}``, paired over the draws."""
    values = table["value"].astype(float)
    rows = {
        step: with_interval(values[better] - values[worse], drawn[better] - drawn[worse])
        for step, (better, worse) in steps.items()
    }
    return pd.DataFrame(rows).T


def with_interval(value: float, drawn: np.ndarray) -> dict[str, float]:
    """Give a figure with its interval."""
    low, high = interval(drawn)
    return {"value": value, "low": np.nan if low is None else low, "high": np.nan if high is None else high}
