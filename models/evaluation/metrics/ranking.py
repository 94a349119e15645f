"""What a ranking is worth: for one weighting or for many at once."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from models.arrays import Floats, Integers
from models.evaluation.declaration import NO_LIST, OUTCOMES, SHARES, metric
from models.figures import Figure, linear

Influence = Callable[[Floats, Floats, float], tuple[Floats, Floats]]

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
    weight : ndarray, optional
        How much each row counts in `figure`, one on average.
    """

    def __init__(self, score: Floats, label: Integers, weight: Floats | None = None) -> None:
        self._weight = np.ones(len(label)) if weight is None else weight
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
            figures = {"auc": auc, "ap": np.where(n_positive > 0, ap, np.nan)}
            for share in shares:
                figures |= self._at_share(positive, total, fell, listed, share)
        return figures

    def marginal_precision(self, share: float) -> float:
        """Give the share who fell among the rows about the end of a list of `share` percent.

        The rows between 80 and 120 % of its length; tied ones count alike.
        """
        listed, fell = (np.r_[0.0, sums.cumsum()] for sums in reversed(self._once))
        ends = np.minimum(np.multiply(AROUND, share / 100), 1) * listed[-1]
        return float(np.diff(np.interp(ends, listed, fell))[0] / np.diff(ends)[0])

    def figure(self, name: str, influence: Influence) -> Figure:
        """Give ``auc`` or ``ap`` of the sample with the influence of every row.

        Parameters
        ----------
        name : str
            Of `metrics`.
        influence : callable
            Of a block's fallen, its rows and the value: what a row of it that fell, and one
            that did not, adds.
        """
        value, n_rows = self._values[name], len(self._label)
        if not np.isfinite(self._values["auc"]):
            return linear(value, np.zeros(n_rows))
        return linear(value, self._of_rows(*influence(*self._once, value)))

    def _of_rows(self, fell: Floats, held: Floats) -> Floats:
        """Bring what blocks say back to the rows, in their own order."""
        sizes = np.diff(np.r_[self._starts, len(self._order)])
        values = np.empty(len(self._order))
        values[self._order] = np.where(self._label == 1, np.repeat(fell, sizes), np.repeat(held, sizes))
        return values * self._weight

    @cached_property
    def _values(self) -> dict[str, float]:
        figures = self.metrics(self._weight[None], ())
        return {name: float(figure[0]) for name, figure in figures.items()}

    @cached_property
    def _once(self) -> tuple[Floats, Floats]:
        """Count each block as it stands: how many fell, and how many there are."""
        positive, total = self._blocks(self._weight[None])
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
        figures = {
            f"precision_at_{share:g}": hits["mean"] / capacity,
            f"precision_at_{share:g}_worst": hits["worst"] / capacity,
            f"precision_at_{share:g}_best": hits["best"] / capacity,
            f"recall_at_{share:g}": hits["mean"] / fell[:, -1],
            f"lift_at_{share:g}": hits["mean"] / capacity / base,
        }
        return {name: np.where(fell[:, -1] > 0, value, np.nan) for name, value in figures.items()}


@metric(
    zh="排序能力",
    en="AUC",
    of="ranking",
    disclosed_by=OUTCOMES,
    aim="higher",
    compared=NO_LIST,
    headline=NO_LIST,
    citation="DeLong, DeLong and Clarke-Pearson 1988, whose placements the influences are",
)
def auc(ranking: Ranking) -> Figure:
    """Chance that a household that fell stands before one that did not; ties count half."""
    return ranking.figure("auc", _placements)


@metric(
    zh="平均精度",
    en="average precision",
    of="ranking",
    disclosed_by=OUTCOMES,
    aim="higher",
    compared=NO_LIST,
    headline=NO_LIST,
    citation="EVALUATION 2",
)
def ap(ranking: Ranking) -> Figure:
    """Precision where each household that fell is reached, mean over them; ties are one threshold."""
    return ranking.figure("ap", _precisions)


def _placements(positive: Floats, total: Floats, auc: float) -> tuple[Floats, Floats]:
    negative, n_rows = total - positive, total.sum()
    above = (positive.cumsum() - positive / 2) / positive.sum()
    below = 1 - (negative.cumsum() - negative / 2) / negative.sum()
    return n_rows * (below - auc) / positive.sum(), n_rows * (above - auc) / negative.sum()


def _precisions(positive: Floats, total: Floats, ap: float) -> tuple[Floats, Floats]:
    """Through a row's own precision if it fell, and the precision at every place it stands above."""
    precision, listed = positive.cumsum() / total.cumsum(), total.cumsum()
    gained, diluted = (_from_below(positive / listed * by) for by in (1.0, precision))
    scale = total.sum() / positive.sum()
    return scale * (precision + gained - diluted - ap), -scale * diluted


def _from_below(values: Floats) -> Floats:
    """Add up from the last value to each."""
    summed: Floats = values[::-1].cumsum()[::-1]
    return summed
