"""The most likely weights of a logistic regression with a ridge and signs: Newton steps within the bounds."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import nnls
from scipy.special import expit

from models.arrays import Floats, Integers

#: A step that moves the log-odds of no row further is the last. Steps square the error, so it leaves none
#: that could be told from rounding: wherever two fits start, they agree to far less.
STILL = 1e-6

#: Steps at most. Ten are enough where there is a ridge; without one, weights of classes that can be told
#: apart would grow for ever.
MOST_STEPS = 50

#: Rows whose share in the curvature is worked out at a time, so that no second matrix is made.
ROWS = 2048

#: A step that moves no row's log-odds further hardly bends the curvature: the next one uses it again.
NEAR = 0.1

#: Curvature lent to every weight, as a share of the mean one: a weight that nothing speaks of stays.
LENT = 1e-5


@dataclass(frozen=True)
class Likelihood:
    """Rows whose outcome is to become likely, and a penalty on half the squared weights.

    Attributes
    ----------
    columns : ndarray, shape (n, n_weights)
        No missing values.
    label : ndarray of int, shape (n,)
        0 or 1.
    weight : ndarray, shape (n,)
        How many rows a row stands for.
    penalty : ndarray, shape (n_weights,)
        0 where a weight is free.
    """

    columns: Floats
    label: Integers
    weight: Floats
    penalty: Floats

    def loss(self, margin: Floats, point: Floats) -> float:
        """Give what is to become least, of weights and the log-odds they give."""
        unlikely = np.logaddexp(0, np.where(self.label == 1, -margin, margin))
        return float(self.weight @ unlikely + self.penalty @ point**2 / 2)

    def slope(self, margin: Floats, point: Floats) -> Floats:
        """Give its derivative."""
        return self.columns.T @ (self.weight * (expit(margin) - self.label)) + self.penalty * point

    def curvature(self, margin: Floats) -> Floats:
        """Give its second derivative, shape (n_weights, n_weights)."""
        risk, curvature = expit(margin), np.diag(self.penalty)
        root = np.sqrt(self.weight * risk * (1 - risk))[:, np.newaxis]
        for start in range(0, len(root), ROWS):
            some = (self.columns[start : start + ROWS] * root[start : start + ROWS]).astype(np.float32)
            curvature += some.T @ some
        curvature[np.diag_indices_from(curvature)] += LENT * (1 + curvature.trace() / len(curvature))
        return curvature


def most_likely(likelihood: Likelihood, sides: Integers, start: Floats) -> Floats:
    """Step from weights to weights until no row's log-odds move; first with few rows, which cost little.

    Parameters
    ----------
    likelihood : Likelihood
        Rows and penalty.
    sides : ndarray of int, shape (n_weights,)
        +1 where a weight may not be below 0, -1 not above, 0 either.
    start : ndarray, shape (n_weights,)
        Within the bounds; what comes out does not depend on it (`STILL`).

    Examples
    --------
    >>> rows = Likelihood(np.ones((4, 1)), np.array([1, 0, 0, 0]), np.ones(4), np.zeros(1))
    >>> odds = np.exp(most_likely(rows, np.array([0]), np.zeros(1)))
    >>> odds.round(6).tolist()
    [0.333333]
    """
    point, margin, far = start, likelihood.columns @ start, np.inf
    curvature = np.empty(0)
    for _ in range(MOST_STEPS):
        if far > NEAR:
            curvature = likelihood.curvature(margin)
        aim = least_within(curvature, curvature @ point - likelihood.slope(margin, point), sides)
        step, moved = _not_too_far(likelihood, margin, point, aim - point)
        point, margin, far = point + step, margin + moved, np.abs(moved).max()
        if far <= STILL:
            break
    return point


def _not_too_far(
    likelihood: Likelihood, margin: Floats, point: Floats, step: Floats
) -> tuple[Floats, Floats]:
    """Halve a step that makes the loss greater, for as long as it moves some row; say how it moves them."""
    moved, loss = likelihood.columns @ step, likelihood.loss(margin, point)
    while np.abs(moved).max() > STILL and likelihood.loss(margin + moved, point + step) > loss:
        step, moved = step / 2, moved / 2
    return step, moved


def least_within(curvature: Floats, pull: Floats, sides: Integers) -> Floats:
    """Give the least point of ``x @ curvature @ x / 2 - pull @ x`` among those of the signs asked for.

    With the free weights put first, the root of the curvature leaves a problem of the others alone,
    which is one of least squares without negative weights.

    Parameters
    ----------
    curvature : ndarray, shape (n, n)
        Positive definite.
    pull : ndarray, shape (n,)
        Slope at 0, with its sign changed.
    sides : ndarray of int, shape (n,)
        As in `most_likely`.

    References
    ----------
    Lawson and Hanson (1974), Solving least squares problems, chapter 23.

    Examples
    --------
    >>> curvature = np.array([[2.0, 1.0], [1.0, 2.0]])
    >>> least_within(curvature, np.array([1.0, -1.0]), np.array([0, 1])).round(6).tolist()
    [0.5, 0.0]
    """
    order, n_free = np.argsort(sides != 0, kind="stable"), int((sides == 0).sum())
    root = cholesky(curvature[np.ix_(order, order)])
    aim = solve_triangular(root, pull[order], trans="T")
    free, held = slice(n_free), slice(n_free, None)
    sign = sides[order][held]
    least = np.zeros(len(order))
    if len(sign):
        least[held] = sign * nnls(root[held, held] * sign, aim[held], maxiter=10 * len(sides))[0]
    if n_free:
        least[free] = solve_triangular(root[free, free], aim[free] - root[free, held] @ least[held])
    least[order] = least.copy()
    return least
