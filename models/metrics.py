"""What a ranking or a risk is worth: every figure for one weighting or for many at once."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from models.calibration import fit_line

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

#: Shares of the cohort that a list may hold, percent.
SHARES = (1, 5, 10, 20)
TIES = ("mean", "worst", "best")


class Ranking:
    """A ranking by score, ready to be weighed again and again.

    Rows with the same score form a block: whatever depends on their order is given for
    the mean, the worst and the best order.

    Parameters
    ----------
    score : ndarray
        Higher is listed first.
    label : ndarray of int
        1 fell below the line.
    max_blocks : int, optional
        Neighbouring blocks are merged down to about this many: quicker, and rough.
    """

    def __init__(self, score: Floats, label: Labels, max_blocks: int | None = None) -> None:
        self._order = np.argsort(-score, kind="stable")
        ordered = score[self._order]
        starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        self._starts = starts[:: -(-len(starts) // max_blocks)] if max_blocks else starts
        self._label = label[self._order].astype(np.float64)

    def metrics(self, weights: Floats, shares: Sequence[float] = SHARES) -> dict[str, Floats]:
        """Measure the ranking under each row of `weights`.

        Parameters
        ----------
        weights : ndarray, shape (k, n)
            Weights of the rows of `score`, `k` times.
        shares : sequence of float
            Percent of the cohort listed.

        Returns
        -------
        dict of str to ndarray
            ``auc, ap`` and, for each share, ``precision_at_, recall_at_, lift_at_``
            (ties: mean) and ``_worst``, ``_best`` of the first; NaN where one class is
            missing.
        """
        positive, total = self._blocks(weights)
        fell, listed = positive.cumsum(axis=1), total.cumsum(axis=1)
        n_positive, n_rows = fell[:, -1], listed[:, -1]
        with np.errstate(divide="ignore", invalid="ignore"):
            before = fell - positive / 2
            auc = ((total - positive) * before).sum(axis=1) / (n_positive * (n_rows - n_positive))
            ap = (positive * np.where(listed > 0, fell / listed, 0)).sum(axis=1) / n_positive
            auc = np.where(np.isfinite(auc), auc, np.nan)
            found = {"auc": auc, "ap": np.where(n_positive > 0, ap, np.nan)}
            for share in shares:
                found |= self._at_share(positive, total, fell, listed, share)
        return found

    def _blocks(self, weights: Floats) -> tuple[Floats, Floats]:
        ordered = weights[:, self._order]
        total = np.add.reduceat(ordered, self._starts, axis=1)
        return np.add.reduceat(ordered * self._label, self._starts, axis=1), total

    @staticmethod
    def _at_share(
        positive: Floats, total: Floats, fell: Floats, listed: Floats, share: float
    ) -> dict[str, Floats]:
        rows = np.arange(len(listed))
        capacity = listed[:, -1] * share / 100
        block = np.minimum((listed < capacity[:, None] * (1 - 1e-12)).sum(axis=1), listed.shape[1] - 1)
        in_block, fell_in_block = total[rows, block], positive[rows, block]
        room = capacity - (listed[rows, block] - in_block)
        above = fell[rows, block] - fell_in_block
        hits = {
            "mean": above + room * fell_in_block / in_block,
            "worst": above + np.maximum(0, room - (in_block - fell_in_block)),
            "best": above + np.minimum(room, fell_in_block),
        }
        base = fell[:, -1] / listed[:, -1]
        found = {
            f"precision_at_{share:g}": hits["mean"] / capacity,
            f"precision_at_{share:g}_worst": hits["worst"] / capacity,
            f"precision_at_{share:g}_best": hits["best"] / capacity,
            f"recall_at_{share:g}": hits["mean"] / fell[:, -1],
            f"lift_at_{share:g}": hits["mean"] / capacity / base,
        }
        return {name: np.where(fell[:, -1] > 0, value, np.nan) for name, value in found.items()}


class Reading:
    """A risk to be compared with what happened.

    Parameters
    ----------
    risk : ndarray
        Predicted risks.
    label : ndarray of int
        1 fell below the line.
    """

    def __init__(self, risk: Floats, label: Labels) -> None:
        self._risk, self._label = np.clip(risk, 1e-12, 1 - 1e-12), label.astype(np.float64)
        self._margin = np.log(self._risk / (1 - self._risk))

    def metrics(self, weights: Floats) -> dict[str, Floats]:
        """Measure the risks under each row of `weights`.

        Returns
        -------
        dict of str to ndarray
            ``base_rate``, ``bias`` (mean risk - base rate), ``brier_skill`` against the
            base rate judged on, ``log_loss``, ``slope`` (1 is right, below 1 too bold).

        References
        ----------
        EVALUATION.md 2. The slope of a resample is one Newton step from the whole
        sample's, which has the same first-order distribution and costs three sums.
        """
        n_rows = weights.sum(axis=1)
        base = _mean(weights, self._label, n_rows)
        surprise = -(self._label * np.log(self._risk) + (1 - self._label) * np.log1p(-self._risk))
        brier = _mean(weights, (self._risk - self._label) ** 2, n_rows)
        with np.errstate(divide="ignore", invalid="ignore"):
            skill = 1 - brier / (base * (1 - base))
        both = (base > 0) & (base < 1)
        return {
            "base_rate": base,
            "bias": _mean(weights, self._risk, n_rows) - base,
            "brier_skill": np.where(both, skill, np.nan),
            "log_loss": _mean(weights, surprise, n_rows),
            "slope": np.where(both, self._slope(weights), np.nan),
        }

    @cached_property
    def _line(self) -> tuple[float, float]:
        return fit_line(self._margin, self._label.astype(np.int64), np.ones(len(self._label)))

    def _slope(self, weights: Floats) -> Floats:
        if np.ptp(self._margin) == 0 or not 0 < self._label.sum() < len(self._label):
            return np.full(len(weights), np.nan)
        slope, intercept = self._line
        risk = expit(slope * self._margin + intercept)
        pull, curve = self._label - risk, risk * (1 - risk)
        g1, g0 = _sum(weights, pull * self._margin), _sum(weights, pull)
        h11, h10, h00 = (_sum(weights, curve * self._margin**power) for power in (2, 1, 0))
        return slope + (h00 * g1 - h10 * g0) / (h11 * h00 - h10 * h10)


def _sum(weights: Floats, values: Floats) -> Floats:
    # Not a matrix product: BLAS gives other bits on another number of threads.
    return np.einsum("kn,n->k", weights, values)


def _mean(weights: Floats, values: Floats, n_rows: Floats) -> Floats:
    return _sum(weights, values) / n_rows
