"""The logistic member: logistic regression that obeys the directions the features were declared with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from models.arrays import Floats, Integers
from models.risk.newton import Likelihood, most_likely

Blended = TypeVar("Blended", float, Floats)

#: Deviations at which a value is held, so that a far one cannot carry a score away.
HELD = 5.0


@dataclass(frozen=True)
class LogisticMember:
    """A fitted logistic regression and what it does to a value before it weighs it.

    Amounts are logged with their sign, missing ones replaced by the median and flagged by
    a column of their own, columns scaled and held: each when it is weighed, so that no second
    matrix is made.

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
        margin = np.full(len(matrix), self.base)
        for _, part in self._weighed(matrix, self.centre):
            margin += part
        return margin

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
        parts = np.zeros(matrix.shape, order="F")
        for feature, part in self._weighed(matrix, self.centre if centre is None else centre):
            parts[:, feature] += part
        return parts

    def centre_of(self, matrix: Floats) -> Floats:
        """Give the mean of each column over the rows of `matrix`."""
        return np.array([self.column(matrix, at).mean() for at in range(len(self.mean))])

    def columns(self, matrix: Floats) -> Floats:
        """Give all columns side by side, for another learner."""
        return np.column_stack([self.column(matrix, at) for at in range(len(self.mean))])

    def column(self, matrix: Floats, at: int) -> Floats:
        """Log and fill a feature, or flag where it is missing; scale and hold."""
        return _held(_filled(matrix, at, self.median, self.flagged), self.mean[at], self.scale[at])

    def _weighed(self, matrix: Floats, centre: Floats) -> Iterator[tuple[int, Floats]]:
        """Give what each column with a weight adds, one after the other, and the feature it is of."""
        feature_of = np.r_[: len(self.median), self.flagged]
        for at in np.flatnonzero(self.coefficient).tolist():
            column = self.column(matrix, at)
            column -= centre[at]
            column *= self.coefficient[at]
            yield feature_of[at], column

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
    matrix: Floats,
    label: Integers,
    weight: Floats,
    directions: Sequence[int],
    ridge: float,
    start: LogisticMember | None = None,
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
    start : LogisticMember, optional
        One fitted on much the same rows, to save steps; it changes nothing else.
    """
    with threadpool_limits(1):
        member, columns = _scaled(matrix)
        penalty = np.r_[np.full(len(member.mean), ridge), 0.0]
        sides = np.r_[np.asarray(directions), np.zeros(len(member.flagged) + 1, dtype=np.int64)]
        first = _even(member, label, weight) if start is None else _rescaled(start, member)
        point = most_likely(Likelihood(columns, label, weight, penalty), sides, first)
        return replace(member, coefficient=point[:-1], intercept=float(point[-1]))


def _scaled(matrix: Floats) -> tuple[LogisticMember, Floats]:
    """Measure each column; give a member that weighs none yet, and the columns, the last one of ones."""
    columns, median, flagged = _logged(matrix)
    mean, scale = np.empty((2, columns.shape[1] - 1))
    for at, column in enumerate(columns.T[:-1]):
        mean[at], scale[at] = column.mean(), column.std() if np.ptp(column) else 1.0
        _held(column, mean[at], scale[at])
    centre = columns[:, :-1].mean(axis=0)
    return LogisticMember(median, flagged, mean, scale, centre, np.zeros(len(mean)), 0.0), columns


def _logged(matrix: Floats) -> tuple[Floats, Floats, Integers]:
    """Log and fill each feature, add the flags and a column of ones; give medians and who is flagged."""
    flagged, median = np.flatnonzero(np.isnan(matrix).any(axis=0)), np.zeros(matrix.shape[1])
    columns = np.ones((len(matrix), len(median) + len(flagged) + 1), order="F")
    for at, column in enumerate(columns.T[: len(median)]):
        column[:] = _signed_log(matrix[:, at])
        gaps = np.isnan(column)
        median[at] = np.median(column[~gaps]) if not gaps.all() else 0.0
        column[gaps] = median[at]
    columns[:, len(median) : -1] = np.isnan(matrix[:, flagged])
    return columns, median, flagged


def _even(member: LogisticMember, label: Integers, weight: Floats) -> Floats:
    """Give weights by which all rows are alike."""
    fell = weight @ label
    return np.r_[member.coefficient, np.log((fell + 1) / (weight.sum() - fell + 1))]


def _rescaled(start: LogisticMember, member: LogisticMember) -> Floats:
    """Give the weights of `start` on the scale of `member`; a flag it does not have weighs nothing."""
    n_features = len(start.median)
    slope = np.zeros(2 * n_features)
    slope[np.r_[:n_features, n_features + start.flagged]] = start.coefficient / start.scale
    return np.r_[slope[np.r_[:n_features, n_features + member.flagged]] * member.scale, start.intercept]


def _filled(matrix: Floats, at: int, median: Floats, flagged: Integers) -> Floats:
    """Give a column that is not scaled yet: a feature logged and without gaps, or the flag of one."""
    if at >= len(median):
        return np.isnan(matrix[:, flagged[at - len(median)]]).astype(np.float64)
    logged = _signed_log(matrix[:, at])
    logged[np.isnan(logged)] = median[at]
    return logged


def _held(column: Floats, mean: float, scale: float) -> Floats:
    column -= mean
    column /= scale
    return np.clip(column, -HELD, HELD, out=column)


def _signed_log(values: Floats) -> Floats:
    logged = np.abs(values)
    np.log1p(logged, out=logged)
    return np.copysign(logged, values, out=logged)
