"""Who is on a list of so many visits, and what the list is worth in the evaluators' words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.evaluation.figures import Figure, Figures, Floats, linear

Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Listing:
    """How much of each row is listed: 1, 0, or the share of a tie that the visits reach.

    Attributes
    ----------
    mean, worst, best : ndarray, shape (n_rows,)
        Rows tied for the last visits are drawn by lot, or those who did not fall come
        first, or those who fell.
    """

    mean: Floats
    worst: Floats
    best: Floats

    def at(self, rows: NDArray[np.int64]) -> "Listing":
        """Take some of the rows."""
        return Listing(self.mean[rows], self.worst[rows], self.best[rows])


def listing(score: Floats, label: Labels, place: Labels, visits: Floats) -> Listing:
    """List in every place as many rows as it can visit, the highest scores first.

    Parameters
    ----------
    score : ndarray, shape (n_rows,)
        Higher is listed first.
    label : ndarray of int, shape (n_rows,)
        1 fell; an outcome that is not known counts as 0, and only in the order of ties.
    place : ndarray of int, shape (n_rows,)
        Number of the row's place.
    visits : ndarray, shape (n_rows,)
        Visits of the row's place, the same for all of its rows; need not be whole.

    Examples
    --------
    >>> listing(np.array([2.0, 1, 1]), np.array([0, 1, 0]), np.zeros(3, int), np.full(3, 2.0)).mean.tolist()
    [1.0, 0.5, 0.5]
    """
    order = np.lexsort((-score, place))
    opens_place = _changes(place[order])
    starts = np.flatnonzero(opens_place | _changes(score[order]))
    size = np.diff(np.r_[starts, len(order)]).astype(np.float64)
    first_of_place = np.maximum.accumulate(np.where(opens_place, np.arange(len(order)), 0))[starts]
    room = np.clip(visits[order][starts] - (starts - first_of_place), 0, size)
    fell = np.add.reduceat(label[order].astype(np.float64), starts) if len(starts) else size
    block = np.repeat(np.arange(len(starts)), size.astype(np.int64))
    has_fallen = label[order] == 1

    def listed(fallen: Floats) -> Floats:
        others = np.divide(room - fallen, size - fell, out=np.zeros(len(size)), where=size > fell)
        own = np.divide(fallen, fell, out=np.zeros(len(size)), where=fell > 0)
        found = np.empty(len(order))
        found[order] = np.where(has_fallen, own[block], others[block])
        return found

    return Listing(
        listed(room * fell / size),
        listed(np.maximum(0.0, room - (size - fell))),
        listed(np.minimum(room, fell)),
    )


def own_listing(score: Floats) -> Listing:
    """List every row a rule speaks for, however many they are."""
    spoken = (score > 0).astype(np.float64)
    return Listing(spoken, spoken, spoken)


def list_figures(listed: Listing, label: Labels, at: str) -> Figures:
    """Say what a list is worth; the list stays as it was drawn up while rows are drawn again.

    Parameters
    ----------
    listed : Listing
        The list.
    label : ndarray of int, shape (n_rows,)
        1 fell.
    at : str
        Ending of the names.

    Returns
    -------
    dict of str to Figure
        ``precision_at_`` (share of the listed who fell; ties: mean), its ``_worst`` and
        ``_best``, ``recall_at_`` (share of those who fell that is listed), ``lift_at_``
        (precision over the base rate).
    """
    fell = label.astype(np.float64)
    precision = {tail: Figure(shares * fell, shares) for tail, shares in _orders(listed)}
    return _named(precision, Figure(listed.mean * fell, fell), fell, at)


def share_figures(listed: Listing, label: Labels, at: str, marginal: float) -> Figures:
    """Say what a list of a share of all rows is worth; it is drawn up anew while rows are drawn again.

    Parameters
    ----------
    listed, label, at
        As in `list_figures`, of one place.
    marginal : float
        Share who fell near the list's end: what a household more or less on it is worth.

    Returns
    -------
    dict of str to Figure
        As `list_figures`.

    References
    ----------
    First-order: where the draw holds more of the listed, the list ends sooner, and the
    reverse. tests/models hold it against ranking every draw again.
    """
    fell, share = label.astype(np.float64), listed.mean.mean() if len(label) else np.nan
    hits = {tail: shares * fell + marginal * (share - shares) for tail, shares in _orders(listed)}
    precision = {tail: Figure(one, np.full(len(label), share)) for tail, one in hits.items()}
    return _named(precision, Figure(hits[""], fell), fell, at)


def _orders(listed: Listing) -> tuple[tuple[str, Floats], ...]:
    return ("", listed.mean), ("_worst", listed.worst), ("_best", listed.best)


def _named(precision: Figures, recall: Figure, fell: Floats, at: str) -> Figures:
    return {
        **{f"precision_at_{at}{tail}": figure for tail, figure in precision.items()},
        f"recall_at_{at}": recall,
        f"lift_at_{at}": _ratio(precision[""], Figure(fell, np.ones(len(fell)))),
    }


def error_figures(listed: Listing, label: Labels, gap: Floats, lead_months: Floats) -> Figures:
    """Say what a list gets wrong, and how early what it gets right.

    Parameters
    ----------
    listed : Listing
        The list at capacity.
    label : ndarray of int, shape (n_rows,)
        1 fell.
    gap : ndarray, shape (n_rows,)
        How far below the line a household that fell was seen, share of the line; 0 where
        it was not seen below.
    lead_months : ndarray, shape (n_rows,)
        Months from the list to the first sight of the fall; NaN where none was seen.

    Returns
    -------
    dict of str to Figure
        ``exclusion_error`` (漏测率, share of those who fell that is not listed),
        ``inclusion_error`` (误报率, share of the listed who did not fall), ``omission_rate``
        (未列户漏评率, share of the unlisted who fell: evaluators allow 2 %),
        ``gap_weighted_exclusion`` (as the first, each by its gap), ``lead_months`` (mean
        over hits).

    References
    ----------
    EVALUATION 2; DOMAIN 7.2.
    """
    fell, left = label.astype(np.float64), 1 - listed.mean
    dated = np.isfinite(lead_months)
    hits = listed.mean * fell * dated
    return {
        "exclusion_error": Figure(left * fell, fell),
        "inclusion_error": Figure(listed.mean * (1 - fell), listed.mean),
        "omission_rate": Figure(left * fell, left),
        "gap_weighted_exclusion": Figure(left * fell * gap, fell * gap),
        "lead_months": Figure(hits * np.where(dated, lead_months, 0), hits),
    }


def _ratio(above: Figure, below: Figure) -> Figure:
    """Divide one share by another."""
    n = len(above.part)
    value = above.value / below.value if below.value else np.nan
    if not np.isfinite(value) or value == 0:
        return linear(value, np.zeros(n))
    moved = above.part / above.part.sum() - above.whole / above.whole.sum()
    return linear(value, value * n * (moved - below.part / below.part.sum() + 1 / n))


def _changes(values: NDArray[np.generic]) -> NDArray[np.bool_]:
    return np.r_[True, values[1:] != values[:-1]] if len(values) else np.zeros(0, dtype=bool)
