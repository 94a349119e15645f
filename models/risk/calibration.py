"""The calibration: a line on the log-odds scale, and Venn-Abers bounds around it."""

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from venn_abers import VennAbers

Floats = NDArray[np.float64]

#: Steps of the bounds: enough to follow them, too few to give a household away.
N_STEPS = 200


@dataclass(frozen=True)
class Calibration:
    """How a raw margin is read as a risk.

    Attributes
    ----------
    slope, intercept : float
        Calibrated log-odds = slope x raw margin + intercept.
    n_rows, n_positive : int
        Rows it was fitted on; 0 for the identity.
    note : str
        Why it is the identity, "" if it is not.
    edges, low, high : tuple of float
        Venn-Abers bounds by step of the raw margin; without any, nothing is ruled out.
    """

    slope: float = 1.0
    intercept: float = 0.0
    n_rows: int = 0
    n_positive: int = 0
    note: str = ""
    edges: tuple[float, ...] = ()
    low: tuple[float, ...] = (0.0,)
    high: tuple[float, ...] = (1.0,)

    def margin(self, raw: Floats) -> Floats:
        """Give the calibrated log-odds."""
        return self.slope * raw + self.intercept

    def bounds(self, raw: Floats) -> tuple[Floats, Floats]:
        """Give the lower and upper Venn-Abers risk, widened to contain the risk."""
        risk = expit(self.margin(raw))
        step = np.searchsorted(np.asarray(self.edges), raw, side="right")
        return np.minimum(np.asarray(self.low)[step], risk), np.maximum(np.asarray(self.high)[step], risk)


def calibrate(raw: Floats, label: NDArray[np.int64], min_positives: int) -> Calibration:
    """Fit the line and the bounds on rows the model has not seen, from a later time.

    Parameters
    ----------
    raw : ndarray
        Raw margins of rows whose label came after the model's training date.
    label : ndarray of int
        Their outcomes.
    min_positives : int
        Fewer positives (or negatives) than this give the identity.

    Returns
    -------
    Calibration
        The identity, with its reason in `note`, when the rows do not carry a line.
    """
    n_positive = int(label.sum())
    if min(n_positive, len(label) - n_positive) < min_positives:
        return Calibration(note=f"identity: {n_positive} of {len(label)} later rows positive")
    slope, intercept = fit_line(raw, label, np.ones(len(raw)))
    if slope <= 0:
        return Calibration(note="identity: later rows ran against the margin")
    edges, low, high = venn_abers(raw, label)
    return Calibration(slope, intercept, len(raw), n_positive, "", edges, low, high)


def fit_line(margin: Floats, label: NDArray[np.int64], weight: Floats) -> tuple[float, float]:
    """Fit label ~ slope x margin + intercept by maximum likelihood (Newton's method).

    Returns
    -------
    tuple of float
        Slope and intercept.

    References
    ----------
    The logistic recalibration of Cox (1958). Plain sums instead of scikit-learn's solver:
    they give the same bits whatever the number of BLAS threads.
    """
    slope, intercept = 1.0, 0.0
    for _ in range(50):
        risk = expit(slope * margin + intercept)
        pull, curve = weight * (label - risk), weight * risk * (1 - risk)
        g1, g0 = float((pull * margin).sum()), float(pull.sum())
        h11, h10, h00 = (float((curve * margin**power).sum()) for power in (2, 1, 0))
        determinant = h11 * h00 - h10 * h10
        if determinant <= 1e-12 * max(h11 * h00, 1e-300):
            break
        step = ((h00 * g1 - h10 * g0) / determinant, (h11 * g0 - h10 * g1) / determinant)
        slope, intercept = slope + float(np.clip(step[0], -2, 2)), intercept + float(np.clip(step[1], -2, 2))
        if max(abs(step[0]), abs(step[1])) < 1e-12:
            break
    return slope, intercept


def venn_abers(
    raw: Floats, label: NDArray[np.int64]
) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """Fit the Venn-Abers bounds by steps of the raw margin.

    Returns
    -------
    tuple
        Edges between the steps, and the low and the high risk of each step.
    """
    edges = np.unique(np.quantile(raw, np.linspace(0, 1, N_STEPS + 1)[1:-1]))
    steps = np.searchsorted(edges, raw, side="right")
    present, score = np.unique(steps, return_inverse=True)
    edges = edges[present[1:] - 1]
    low, high = _bounds_by_step(score / len(present), label)
    return tuple(edges.tolist()), tuple(low.tolist()), tuple(high.tolist())


def _bounds_by_step(score: Floats, label: NDArray[np.int64]) -> tuple[Floats, Floats]:
    bounds = VennAbers()
    distinct = np.unique(score)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # The package divides 0 by 0 where two steps meet and drops the result itself.
        warnings.simplefilter("ignore", RuntimeWarning)
        bounds.fit(np.column_stack([1 - score, score]), label.astype(float))
    _, pairs = bounds.predict_proba(np.column_stack([1 - distinct, distinct]))
    clipped = np.clip(pairs, 0, 1)
    return clipped[:, 0], clipped[:, 1]
