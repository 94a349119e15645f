"""Train and judge split by split, as triage does: rows whose label was known, then those of the date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import polars as pl
from sklearn.metrics import average_precision_score, roc_auc_score

from features.declaration import Feature
from models.arrays import Floats, Integers
from models.risk.model import RiskModel
from models.risk.training_set import feature_frame, monotone_directions, sample_by_label

#: Shares of the cohort listed at which a model is judged.
SHARES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)


@dataclass(frozen=True)
class Grid:
    """A booster of each number of leaves and a logistic regression of each ridge; two lists of one length."""

    leaves: Sequence[int] = (7, 15, 31)
    ridges: Sequence[float] = (10.0, 50.0, 250.0)
    rounds: int = 150


@dataclass(frozen=True)
class Judged:
    """One model of one split and how well it ranked."""

    day: date
    kind: str
    setting: float
    n_trained: int
    auc: float
    average_precision: float
    precisions: tuple[float, ...]


def judged_splits(
    rows: pl.DataFrame,
    built: Sequence[pl.DataFrame],
    days: Sequence[date],
    features: Sequence[Feature],
    grid: Grid,
    max_negatives: int,
) -> Iterator[Judged]:
    """Train the grid at each of `days` and judge each model on that day's rows.

    Parameters
    ----------
    rows : DataFrame
        ``household_id, as_of_date, label, label_known_on``, no label missing.
    built : sequence of DataFrame
        Features by county.
    max_negatives : int
        About how many negative rows to train on, weighted for the rest; all where there are fewer.
    """
    directions = monotone_directions(features)
    for day in days:
        known = sample_by_label(rows.filter(pl.col("label_known_on") <= day), max_negatives)
        past, matrix = feature_frame(known, built, list(directions))
        now, scored = feature_frame(rows.filter(pl.col("as_of_date") == day), built, list(directions))
        label = now["label"].cast(pl.Int64).to_numpy()
        for leaves, ridge in zip(grid.leaves, grid.ridges, strict=True):
            model = _fitted(past, matrix, directions, leaves, ridge, grid.rounds)
            boosted, logistic = model.raw_kinds(scored)
            yield _judged(day, "LightGBM", leaves, len(past), label, boosted[:, 0])
            yield _judged(day, "logistic", ridge, len(past), label, logistic)


def _fitted(
    past: pl.DataFrame,
    matrix: pd.DataFrame,
    directions: dict[str, int],
    leaves: int,
    ridge: float,
    rounds: int,
) -> RiskModel:
    """Fit a booster and a logistic regression; each is judged by itself."""
    model = RiskModel(members=1, rounds=rounds, num_leaves=leaves, ridge=ridge, monotone_cst=directions)
    return model.fit(matrix, past["label"].cast(pl.Int64).to_numpy(), past["weight"].to_numpy())


def _judged(day: date, kind: str, setting: float, n_trained: int, label: Integers, score: Floats) -> Judged:
    ordered = label[np.argsort(-score, kind="stable")]
    precisions = tuple(float(ordered[: max(1, round(share * len(ordered)))].mean()) for share in SHARES)
    auc, average = roc_auc_score(label, score), average_precision_score(label, score)
    return Judged(day, kind, setting, n_trained, float(auc), float(average), precisions)
