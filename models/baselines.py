"""What the risk model must beat: the line itself, and a fair logistic regression."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

Floats = NDArray[np.float64]

BASELINES = ("income_over_line", "logistic", "base_rate")


def income_over_line(resources_over_line: Floats) -> Floats:
    """Rank by nearness to the line alone."""
    return -np.asarray(resources_over_line, dtype=np.float64)


class LogisticBaseline:
    """Logistic regression, given what it needs to be fair.

    Skewed amounts are logged, missing values get the median and a flag of their own,
    columns are scaled and far values held at five deviations.

    Parameters
    ----------
    strength : float
        Inverse of the ridge penalty.
    """

    def __init__(self, strength: float = 0.02) -> None:
        self._pipeline: Pipeline = make_pipeline(
            FunctionTransformer(_signed_log),
            SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True),
            StandardScaler(),
            FunctionTransformer(_held),
            LogisticRegression(C=strength, max_iter=1000, tol=1e-4),
        )

    def fit(self, frame: pd.DataFrame, label: NDArray[np.int64], weight: Floats) -> "LogisticBaseline":
        """Fit on one thread: BLAS sums in another order on two, and bits would differ."""
        with threadpool_limits(1):
            self._pipeline.fit(frame.to_numpy(), label, logisticregression__sample_weight=weight)
        return self

    def margin(self, frame: pd.DataFrame) -> Floats:
        """Give the log-odds of each row."""
        with threadpool_limits(1):
            return np.asarray(self._pipeline.decision_function(frame.to_numpy()), dtype=np.float64)


def _signed_log(matrix: Floats) -> Floats:
    return np.sign(matrix) * np.log1p(np.abs(matrix))


def _held(matrix: Floats) -> Floats:
    return np.clip(matrix, -5, 5)
