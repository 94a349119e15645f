"""What a ranking or a risk is worth: every figure for one weighting or for many at once."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from models.evaluation.figures import Figure, Figures, linear
from models.risk.calibration.line import fit_line

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

#: Shares of the cohort that a list may hold, percent.
SHARES = (1, 5, 10, 20)
#: Of a list's length: where the rows about its end begin and stop.
AROUND = (0.8, 1.2)


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
    """

    def __init__(self, score: Floats, label: Labels) -> None:
        self._order = np.argsort(-score, kind="stable")
        ordered = score[self._order]
        self._starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
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

    def marginal_precision(self, share: float) -> float:
        """Give the share who fell among the rows about the end of a list of `share` percent.

        The rows between 80 and 120 % of its length; tied ones count alike.
        """
        listed, fell = (np.r_[0.0, sums.cumsum()] for sums in reversed(self._once))
        ends = np.minimum(np.multiply(AROUND, share / 100), 1) * listed[-1]
        return float(np.diff(np.interp(ends, listed, fell))[0] / np.diff(ends)[0])

    def figures(self) -> Figures:
        """Give ``auc`` and ``ap`` of the sample with the influence of every row.

        References
        ----------
        AUC: DeLong, DeLong and Clarke-Pearson (1988), whose placements the influences are.
        AP: its derivative by a row's weight, through its own precision if it fell, and
        through the precision at every place it stands above.
        """
        once = np.ones((1, len(self._label)))
        value = {name: float(found[0]) for name, found in self.metrics(once, ()).items()}
        if not np.isfinite(value["auc"]):
            return {name: linear(one, np.zeros(len(self._label))) for name, one in value.items()}
        positive, total = self._once
        influence = {
            "auc": self._auc_influence(positive, total, value["auc"]),
            "ap": self._ap_influence(positive, total, value["ap"]),
        }
        return {name: linear(value[name], self._of_rows(*pair)) for name, pair in influence.items()}

    @staticmethod
    def _auc_influence(positive: Floats, total: Floats, auc: float) -> tuple[Floats, Floats]:
        """Say what a row that fell, and one that did not, adds in each block."""
        negative, n_rows = total - positive, total.sum()
        above = (positive.cumsum() - positive / 2) / positive.sum()
        below = 1 - (negative.cumsum() - negative / 2) / negative.sum()
        return n_rows * (below - auc) / positive.sum(), n_rows * (above - auc) / negative.sum()

    @staticmethod
    def _ap_influence(positive: Floats, total: Floats, ap: float) -> tuple[Floats, Floats]:
        precision, listed = positive.cumsum() / total.cumsum(), total.cumsum()
        gained, diluted = (_from_below(positive / listed * by) for by in (1.0, precision))
        scale = total.sum() / positive.sum()
        return scale * (precision + gained - diluted - ap), -scale * diluted

    def _of_rows(self, fell: Floats, held: Floats) -> Floats:
        """Bring what blocks say back to the rows, in their own order."""
        sizes = np.diff(np.r_[self._starts, len(self._order)])
        found = np.empty(len(self._order))
        found[self._order] = np.where(self._label == 1, np.repeat(fell, sizes), np.repeat(held, sizes))
        return found

    @cached_property
    def _once(self) -> tuple[Floats, Floats]:
        """Count each block as it stands: how many fell, and how many there are."""
        positive, total = self._blocks(np.ones((1, len(self._label))))
        return positive[0], total[0]

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
        EVALUATION 2. The slope of a resample is one Newton step from the whole
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

    def figures(self) -> Figures:
        """Give the same figures of the sample with what every row adds to them."""
        risk, label, one = self._risk, self._label, np.ones(len(self._label))
        found = {name: float(value[0]) for name, value in self.metrics(one[None]).items()}
        surprise = -(label * np.log(risk) + (1 - label) * np.log1p(-risk))
        return {
            "base_rate": Figure(label, one),
            "mean_risk": Figure(risk, one),
            "bias": Figure(risk - label, one),
            "brier_skill": linear(found["brier_skill"], self._brier_influence(found["base_rate"])),
            "log_loss": Figure(surprise, one),
            "slope": linear(found["slope"], self._slope_influence()),
        }

    def _brier_influence(self, base: float) -> Floats:
        if not 0 < base < 1:
            return np.zeros(len(self._label))
        error, spread = (self._risk - self._label) ** 2, base * (1 - base)
        moved = (1 - 2 * base) * (self._label - base) / spread
        influence: Floats = (error.mean() * (1 + moved) - error) / spread
        return influence

    def _slope_influence(self) -> Floats:
        if np.ptp(self._margin) == 0 or not 0 < self._label.sum() < len(self._label):
            return np.zeros(len(self._label))
        slope, intercept = self._line
        risk = expit(slope * self._margin + intercept)
        curve = risk * (1 - risk)
        h11, h10, h00 = ((curve * self._margin**power).sum() for power in (2, 1, 0))
        pull = (self._label - risk) * (h00 * self._margin - h10) / (h11 * h00 - h10 * h10)
        influence: Floats = len(self._label) * (pull - pull.mean())
        return influence

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


def _from_below(values: Floats) -> Floats:
    """Add up from the last value to each."""
    summed: Floats = values[::-1].cumsum()[::-1]
    return summed


def _mean(weights: Floats, values: Floats, n_rows: Floats) -> Floats:
    return _sum(weights, values) / n_rows
