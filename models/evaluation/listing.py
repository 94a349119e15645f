"""Who is on a list of so many visits."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.arrays import Flags, Floats, Integers


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

    def at(self, rows: Integers) -> "Listing":
        """Take some of the rows."""
        return Listing(self.mean[rows], self.worst[rows], self.best[rows])


def listing(score: Floats, label: Integers, place: Integers, visits: Floats) -> Listing:
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
        share = np.empty(len(order))
        share[order] = np.where(has_fallen, own[block], others[block])
        return share

    return Listing(
        listed(room * fell / size),
        listed(np.maximum(0.0, room - (size - fell))),
        listed(np.minimum(room, fell)),
    )


def own_listing(score: Floats) -> Floats:
    """List every row a rule speaks for, however many they are; nobody is tied."""
    return (score > 0).astype(np.float64)


def _changes(values: NDArray[np.generic]) -> Flags:
    return np.r_[True, values[1:] != values[:-1]] if len(values) else np.zeros(0, dtype=bool)
