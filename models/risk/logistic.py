"""The logistic member: logistic regression that obeys the directions the features were declared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from models.arrays import Flags, Floats, Integers

Blended = TypeVar("Blended", float, Floats)

#: Deviations at which a value is held, so that a far one cannot carry a score away.
HELD = 5.0


@dataclass(frozen=True)
class LogisticMember:
    """A fitted logistic regression and what it does to a value before it weighs it.

    Amounts are logged with their sign, missing ones replaced by the median and flagged by
    a column of their own, columns scaled and held.

    Attributes
    ----------
    median : ndarray, shape (n_features,)
        Of the logged values; 0 where none was known.
    flagged : ndarray of int
        Features with missing values in training; each has a column after the features.
    mean, scale, centre, coefficient : ndarray, shape (n_features + n_flagged,)
        Of each column: mean and deviation before, mean after holding, weight.
    intercept : float
        Log-odds where every column is at its mean.
    """

    median: Floats
    flagged: Integers
    mean: Floats
    scale: Floats
    centre: Floats
    coefficient: Floats
    intercept: float

    @property
    def base(self) -> float:
        """Mean log-odds of the rows it was fitted on."""
        return self.intercept + float((self.coefficient * self.centre).sum())

    def margin(self, matrix: Floats) -> Floats:
        """Give the log-odds of each row."""
        return self.base + self.parts(matrix).sum(axis=1)

    def parts(self, matrix: Floats, centre: Floats | None = None) -> Floats:
        """Give what each feature adds to the base, its flag included: β (x - mean).

        Parameters
        ----------
        matrix : ndarray, shape (n, n_features)
            Missing values are NaN.
        centre : ndarray, optional
            Means to compare with (`centre_of`); those of the training rows by default.

        Returns
        -------
        ndarray, shape (n, n_features)
            A linear model has no interactions, so these are its exact Shapley values, and
            sums of them those of any group.
        """
        away = self.columns(matrix) - (self.centre if centre is None else centre)
        weighed = away * self.coefficient
        n_features = len(self.median)
        parts = weighed[:, :n_features]
        parts[:, self.flagged] += weighed[:, n_features:]
        return parts

    def centre_of(self, matrix: Floats) -> Floats:
        """Give the mean of each column over the rows of `matrix`."""
        return self.columns(matrix).mean(axis=0)

    def columns(self, matrix: Floats) -> Floats:
        """Log, fill, flag, scale and hold."""
        filled = _filled(_signed_log(matrix), self.median, self.flagged)
        filled -= self.mean
        filled /= self.scale
        return np.clip(filled, -HELD, HELD, out=filled)

    def to_dict(self) -> dict[str, object]:
        """Give the numbers as lists, for JSON."""
        arrays = {name: value for name, value in vars(self).items() if name != "intercept"}
        return {**{name: value.tolist() for name, value in arrays.items()}, "intercept": self.intercept}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Sequence[float]]) -> "LogisticMember":
        """Take back what `to_dict` gave."""
        arrays = {name: np.asarray(value, dtype=np.float64) for name, value in stored.items()}
        arrays["flagged"] = arrays["flagged"].astype(np.int64)
        return cls(**{**arrays, "intercept": float(arrays["intercept"])})  # type: ignore[arg-type]


def blend(trees: Blended, logistic: Blended, share: float) -> Blended:
    """Average the log-odds of trees and logistic member, `share` of it the latter's."""
    return (1 - share) * trees + share * logistic


def fit_logistic(
    matrix: Floats, label: Integers, weight: Floats, directions: Sequence[int], ridge: float
) -> LogisticMember:
    """Fit by maximum likelihood with a ridge, on one thread: two sum in another order.

    Parameters
    ----------
    matrix : ndarray, shape (n, n_features)
        Missing values are NaN.
    label : ndarray of int
        1 fell below the line.
    weight : ndarray
        How many rows a row stands for.
    directions : sequence of int
        +1 where a higher value may only raise the risk, -1 only lower it, 0 either.
    ridge : float
        Penalty on half the squared coefficients; the intercept is free.
    """
    with threadpool_limits(1):
        logged = _signed_log(matrix)
        missing = np.isnan(logged)
        flagged = np.flatnonzero(missing.any(axis=0))
        median = _medians(logged, missing)
        columns = _filled(logged, median, flagged)
        mean, scale = columns.mean(axis=0), columns.std(axis=0)
        scale[scale == 0] = 1.0
        columns -= mean
        columns /= scale
        np.clip(columns, -HELD, HELD, out=columns)
        sides = np.r_[np.asarray(directions), np.zeros(len(flagged), dtype=np.int64)]
        coefficient, intercept = _fit(columns, label, weight, sides, ridge)
        return LogisticMember(median, flagged, mean, scale, columns.mean(axis=0), coefficient, intercept)


def _fit(
    columns: Floats, label: Integers, weight: Floats, sides: Integers, ridge: float
) -> tuple[Floats, float]:
    signs = 2.0 * label - 1

    def loss(point: Floats) -> tuple[float, Floats]:
        against = -signs * (columns @ point[1:] + point[0])
        pull = -weight * signs * expit(against)
        slope = np.r_[pull.sum(), columns.T @ pull + ridge * point[1:]]
        value = float((weight * np.logaddexp(0, against)).sum() + ridge / 2 * (point[1:] ** 2).sum())
        return value / weight.sum(), slope / weight.sum()

    bounds = [(None, None), *((0.0 if side > 0 else None, 0.0 if side < 0 else None) for side in sides)]
    optimum = minimize(
        loss, np.zeros(len(sides) + 1), jac=True, bounds=bounds, method="L-BFGS-B", options=_ENOUGH
    )
    return optimum.x[1:], float(optimum.x[0])


#: Further steps change no score by more than the seeds of the trees do.
_ENOUGH = {"maxiter": 300, "ftol": 1e-8, "gtol": 1e-6}


def _signed_log(matrix: Floats) -> Floats:
    return np.sign(matrix) * np.log1p(np.abs(matrix))


def _medians(logged: Floats, missing: Flags) -> Floats:
    empty = missing.all(axis=0)
    median = np.zeros(logged.shape[1])
    median[~empty] = np.nanmedian(logged[:, ~empty], axis=0)
    return median


def _filled(logged: Floats, median: Floats, flagged: Integers) -> Floats:
    missing = np.isnan(logged)
    return np.hstack([np.where(missing, median, logged), missing[:, flagged].astype(np.float64)])
