"""A forecast of causes: by what households such as this one were found to fall, learned from records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from features.declaration import CAUSES, Feature
from models.arrays import Flags, Floats, Integers

#: Deviations at which a value is held, so that a far one cannot carry a forecast away.
HELD = 5.0
#: Records of each cause added to what was recorded, so that none is ruled out for want of a record.
ADDED = 0.5
_SCALING = ("median", "mean", "scale")


@dataclass(frozen=True)
class CauseForecast:
    """A softmax over the causes, each of which listens to its own facts and to the circumstances.

    A fact of another cause moves no score, and where a feature was declared with a direction
    more of it never lowers the cause it belongs to: with few hundred records that is what
    keeps it from learning chance.

    Attributes
    ----------
    features : tuple of str
        Columns it reads, in order.
    median, mean, scale : ndarray, shape (n_features,)
        Of the logged values: what replaces a missing one, and how columns are scaled.
    coefficient : ndarray, shape (n_features, n_causes)
        Weight of each column in the score of each of `CAUSES`.
    intercept : ndarray, shape (n_causes,)
        Scores where every column is at its mean.
    n_records : int
        Causes it was learned from, each once.
    """

    features: tuple[str, ...]
    median: Floats
    mean: Floats
    scale: Floats
    coefficient: Floats
    intercept: Floats
    n_records: int

    @classmethod
    def fit(
        cls,
        frame: pd.DataFrame,
        cause: Integers,
        weight: Floats,
        features: Sequence[Feature],
        ridge: float,
        ridge_of_circumstances: float,
    ) -> "CauseForecast":
        """Fit by maximum likelihood with a ridge, on one thread: two sum in another order.

        Parameters
        ----------
        frame : pandas.DataFrame, shape (n, n_features)
            Columns named as `features`, missing values NaN.
        cause : ndarray of int, shape (n,)
            The recorded cause, its place in `CAUSES`.
        weight : ndarray, shape (n,)
            Of the rows; they sum to the number of records.
        features : sequence of Feature
            In the order of the columns.
        ridge, ridge_of_circumstances : float
            Penalties on half the squared weights of a cause's own facts, and of circumstances.
        """
        logged = _logged(frame)
        median = _medians(logged)
        filled = np.where(np.isnan(logged), median, logged)
        mean, scale = filled.mean(axis=0), filled.std(axis=0)
        scale[scale == 0] = 1.0
        columns = np.clip((filled - mean) / scale, -HELD, HELD)
        own = np.array([[one.group == name for name in CAUSES] for one in features])
        ridges = np.where(own, ridge, ridge_of_circumstances)
        free = own | ~own.any(axis=1, keepdims=True)
        sides = own * np.array([one.direction for one in features])[:, None]
        with threadpool_limits(1):
            coefficient, intercept = _fit(columns, cause, weight, ridges, free, sides)
        names = tuple(one.name for one in features)
        return cls(names, median, mean, scale, coefficient, intercept, round(float(weight.sum())))

    def chances(self, frame: pd.DataFrame) -> Floats:
        """Give each row's chances by cause, the same bits whatever rows stand beside it.

        Returns
        -------
        ndarray, shape (n, n_causes)
            In the order of `CAUSES`; each row sums to 1.
        """
        logged = _logged(frame[list(self.features)])
        filled = np.where(np.isnan(logged), self.median, logged)
        columns = np.clip((filled - self.mean) / self.scale, -HELD, HELD)
        scores = [(columns * weights).sum(axis=1) for weights in self.coefficient.T]
        return np.asarray(softmax(np.column_stack(scores) + self.intercept, axis=1))

    def to_dict(self) -> dict[str, Any]:
        """Give the numbers as lists, for JSON; by name, so that a reader needs no order but its own."""
        arrays = {name: getattr(self, name).tolist() for name in _SCALING}
        by_cause = zip(CAUSES, self.intercept.tolist(), self.coefficient.T.tolist(), strict=True)
        return {
            "features": list(self.features),
            **arrays,
            "causes": {name: {"intercept": at, "coefficient": weights} for name, at, weights in by_cause},
            "n_records": self.n_records,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "CauseForecast":
        """Take back what `to_dict` gave."""
        median, mean, scale = (np.asarray(stored[name], dtype=np.float64) for name in _SCALING)
        causes = [stored["causes"][name] for name in CAUSES]
        coefficient = np.array([one["coefficient"] for one in causes], dtype=np.float64).T
        intercept = np.array([one["intercept"] for one in causes], dtype=np.float64)
        names = tuple(stored["features"])
        return cls(names, median, mean, scale, coefficient, intercept, stored["n_records"])


def _fit(
    columns: Floats, cause: Integers, weight: Floats, ridges: Floats, free: Flags, sides: Integers
) -> tuple[Floats, Floats]:
    n_causes = len(CAUSES)
    is_cause = np.eye(n_causes)[cause]

    def loss(point: Floats) -> tuple[float, Floats]:
        coefficient, intercept = _shaped(point, free)
        log_chance, log_mean = log_softmax(columns @ coefficient + intercept, axis=1), log_softmax(intercept)
        off = weight[:, None] * (np.exp(log_chance) - is_cause)
        value = ridges * coefficient**2
        fit = (weight[:, None] * is_cause * log_chance).sum() + ADDED * log_mean.sum()
        slope = columns.T @ off + ridges * coefficient
        lift = off.sum(axis=0) + ADDED * (n_causes * np.exp(log_mean) - 1)
        return float(value.sum() / 2 - fit) / weight.sum(), np.r_[slope[free], lift] / weight.sum()

    bounds = [(0.0 if side > 0 else None, 0.0 if side < 0 else None) for side in sides[free]]
    bounds += [(None, None)] * n_causes
    start = np.zeros(len(bounds))
    optimum = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options=_ENOUGH)
    return _shaped(optimum.x, free)


#: Further steps change no chance in its third digit.
_ENOUGH = {"maxiter": 300, "ftol": 1e-8, "gtol": 1e-6}


def _shaped(point: Floats, free: Flags) -> tuple[Floats, Floats]:
    coefficient = np.zeros(free.shape)
    coefficient[free] = point[: free.sum()]
    return coefficient, point[free.sum() :]


def _logged(frame: pd.DataFrame) -> Floats:
    """Log amounts with their sign; row by row in memory, so that a row's sums are its own to the bit."""
    matrix = np.ascontiguousarray(frame.to_numpy())
    return np.asarray(np.sign(matrix) * np.log1p(np.abs(matrix)))


def _medians(logged: Floats) -> Floats:
    empty = np.isnan(logged).all(axis=0)
    median = np.zeros(logged.shape[1])
    median[~empty] = np.nanmedian(logged[:, ~empty], axis=0)
    return median
