"""CatBoost and an explainable boosting machine, at the trees' own settings where they have the same."""

import warnings
from collections.abc import Sequence

import numpy as np
import pandas as pd
from catboost import CatBoostClassifier
from interpret.glassbox import ExplainableBoostingClassifier

from models.arrays import Floats
from models.risk.model import RiskModel
from models.risk.training_set import TrainingSet
from models.training.settings import ModelSettings


def further_scores(
    training: TrainingSet, scored: pd.DataFrame, directions: Sequence[int], settings: ModelSettings
) -> dict[str, Floats]:
    """Fit both on the training rows, in the declared directions, and score the rows asked for.

    Parameters
    ----------
    training : TrainingSet
        The rows, labels and weights of the risk model.
    scored : pandas.DataFrame
        Features of the rows to score, missing where not known.
    directions : sequence of int
        Of every feature, in order of the columns: +1, -1 or 0.
    settings : ModelSettings
        Trees and seed of the risk model.

    Returns
    -------
    dict of str to ndarray, shape (n_scored,)
        Log-odds, not calibrated, of ``catboost`` and ``explainable_boosting``.
    """
    trees, matrix = RiskModel(**settings.trees), training.frame.to_numpy()
    kept = varying(matrix)
    wanted = np.asarray(directions)[kept].tolist()
    cat, additive = _catboost(trees, wanted), _additive(trees, wanted)
    cat.fit(matrix[:, kept], training.label, sample_weight=training.weight)
    with warnings.catch_warnings():  # its plots lack missing values; none is drawn here
        warnings.filterwarnings("ignore", "Missing values detected")
        additive.fit(matrix[:, kept], training.label, sample_weight=training.weight)
    rows = scored.to_numpy()[:, kept]
    return {
        "catboost": cat.predict(rows, prediction_type="RawFormulaVal"),
        "explainable_boosting": additive.decision_function(rows),
    }


def varying(matrix: Floats) -> np.ndarray:
    """Name the columns to learn from: one never known cannot be binned, one that never varies says nothing.

    Examples
    --------
    >>> varying(np.array([[1.0, 2.0, np.nan], [1.0, 3.0, np.nan]])).tolist()
    [1]
    """
    return np.flatnonzero([len(np.unique(column[~np.isnan(column)])) > 1 for column in matrix.T])


def _catboost(trees: RiskModel, wanted: list[int]) -> CatBoostClassifier:
    """Its trees are symmetric: depth bounds them, leaves do not."""
    return CatBoostClassifier(
        iterations=trees.rounds,
        learning_rate=trees.learning_rate,
        depth=trees.max_depth,
        l2_leaf_reg=trees.lambda_l2,
        rsm=trees.feature_fraction,
        border_count=trees.max_bin,
        monotone_constraints=wanted,
        random_seed=trees.seed,
        thread_count=1,
        allow_writing_files=False,
        verbose=False,
    )


def _additive(trees: RiskModel, wanted: list[int]) -> ExplainableBoostingClassifier:
    """One curve a feature, none of pairs: what there is to win without any interaction."""
    return ExplainableBoostingClassifier(
        interactions=0,
        outer_bags=trees.members,
        min_samples_leaf=trees.min_data_in_leaf,
        monotone_constraints=wanted,
        n_jobs=1,
        random_state=trees.seed,
    )
