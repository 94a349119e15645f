"""Other learners on the very rows the risk model is trained on: what it must beat, or be as good as."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import SplineTransformer
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from models.arrays import Floats
from models.risk.logistic import LogisticMember, blend
from models.risk.model import RiskModel
from models.risk.training_set import TrainingSet
from models.training.selection import KINDS
from models.training.settings import ModelSettings
from pipelines.workspace.parameters.studies import Splines
from studies.protocol.further_learners import further_scores, varying

#: Columns of `learned_scores`; ``free`` ones ignore the declared directions.
LEARNED = (
    "logistic_splines",
    "hist_gradient_boosting",
    "hist_gradient_boosting_free",
    "catboost",
    "explainable_boosting",
    "trees_free",
    "single_free",
    "logistic_free",
    "blend_free",
)


def learned_scores(
    training: TrainingSet,
    scored: pd.DataFrame,
    directions: Mapping[str, int],
    settings: ModelSettings,
    splines: Splines,
) -> dict[str, Floats]:
    """Fit every learned baseline on the training rows and score the rows asked for.

    `trees`, `single`, `logistic` and `blend` obey the directions and stand in the training's
    own scores; here are the same without directions, and other learners at the same settings.

    Parameters
    ----------
    training : TrainingSet
        The rows, labels and weights of the risk model.
    scored : pandas.DataFrame
        Features of the rows to score.
    directions : mapping of str to int
        Of every feature: +1, -1 or 0.
    settings : ModelSettings
        Trees, penalty and seed of the risk model.
    splines : Splines
        Of the logistic regression with splines.

    Returns
    -------
    dict of str to ndarray, shape (n_scored,)
        Log-odds, not calibrated, by name in `LEARNED`.
    """
    with threadpool_limits(1):  # sums of two threads come in another order
        free = RiskModel(**settings.trees).fit(training.frame, training.label, training.weight)
        scores = _kinds(free, scored)
        for name, wanted in (("", list(directions.values())), ("_free", [0] * len(directions))):
            scores[f"hist_gradient_boosting{name}"] = _boosted(training, scored, wanted, settings)
        scores |= further_scores(training, scored, list(directions.values()), settings)
        scores["logistic_splines"] = _bent(training, scored, free.logistic_, splines)
    return {name: scores[name] for name in LEARNED}


def _kinds(free: RiskModel, scored: pd.DataFrame) -> dict[str, Floats]:
    members, logistic = free.raw_kinds(scored)
    trees: Floats = members.mean(axis=1)
    return {
        "trees_free": trees,
        "single_free": members[:, 0],
        "logistic_free": logistic,
        "blend_free": blend(trees, logistic, KINDS["blend"]),
    }


def _boosted(
    training: TrainingSet, scored: pd.DataFrame, wanted: Sequence[int], settings: ModelSettings
) -> Floats:
    trees, matrix = RiskModel(**settings.trees), training.frame.to_numpy()
    kept = varying(matrix)
    model = HistGradientBoostingClassifier(
        max_iter=trees.rounds,
        learning_rate=trees.learning_rate,
        max_leaf_nodes=trees.num_leaves,
        max_depth=trees.max_depth,
        min_samples_leaf=trees.min_data_in_leaf,
        l2_regularization=trees.lambda_l2,
        max_features=trees.feature_fraction,
        max_bins=trees.max_bin,
        monotonic_cst=np.asarray(wanted)[kept],
        early_stopping=False,
        random_state=trees.seed,
    )
    model.fit(matrix[:, kept], training.label, training.weight)
    return model.decision_function(scored.to_numpy()[:, kept])


def _bent(training: TrainingSet, scored: pd.DataFrame, plain: LogisticMember, splines: Splines) -> Floats:
    """Bend every column of the plain one: logged, filled, flagged, scaled and held as there."""
    known = plain.columns(training.frame.to_numpy())
    many = [at for at, column in enumerate(known.T) if len(np.unique(column)) > splines.knots]
    bend = SplineTransformer(
        n_knots=splines.knots, degree=splines.degree, include_bias=False, sparse_output=True
    )
    model = make_pipeline(
        make_column_transformer((bend, many), remainder="passthrough", sparse_threshold=1.0),
        LogisticRegression(C=1 / splines.ridge, max_iter=1000),
    )
    model.fit(known, training.label, logisticregression__sample_weight=training.weight)
    return model.decision_function(plain.columns(scored.to_numpy()))
