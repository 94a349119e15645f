r"""What reading a margin by its household's class does to the parts.

The class is known from features of one group, so that group is told what reading by class adds. Two
players stand for all: the facts together, which move the margin from m to m', and the reading, which
changes the line it is read by from f to f'. Whichever is known first has the same chance, so the facts
are worth :math:`\tfrac12 (s + s') (m' - m)` over the slopes s, s' of the lines, shared out as their parts
have it, and the reading is worth :math:`\tfrac12 (f'(m) - f(m) + f'(m') - f(m'))`: together
:math:`f'(m') - f(m)`, exactly. That is the value of Owen (1977) with all groups as one union and the
reading as another. A part that was 0 stays 0, signs and order of the others stay, and who is read by
the same line on both sides gets nothing for it.
"""

from collections.abc import Sequence

import numpy as np

from models.arrays import Floats
from models.risk.calibration.class_lines import RowLines
from models.risk.calibration.classes import class_columns


def holders(names: Sequence[str], group_of: Sequence[int], n_groups: int) -> Floats:
    """Say how much of the reading each group is told, by how many features of the class it holds.

    Parameters
    ----------
    names : sequence of str
        Features of the model, those of the class among them.
    group_of : sequence of int
        Number of each feature's group.
    n_groups : int

    Returns
    -------
    ndarray, shape (n_groups,)
        Shares; they add up to one.

    Examples
    --------
    >>> holders(["debt", "household_size", "is_elderly_only"], [0, 1, 1], 3).tolist()
    [0.0, 1.0, 0.0]
    """
    counted = np.bincount([group_of[at] for at in class_columns(names)], minlength=n_groups)
    return counted / counted.sum()


def read_parts(base: Floats, parts: Floats, then: RowLines, now: RowLines, shares: Floats) -> Floats:
    """Read parts of blended log-odds by the classes of their rows.

    Parameters
    ----------
    base : ndarray, shape (n,)
        Blended log-odds the parts begin from.
    parts : ndarray, shape (n, n_groups)
        Base and a row's parts add up to its blended log-odds.
    then, now : RowLines
        By which base, and base with all parts, are read.
    shares : ndarray, shape (n_groups,)
        Of `holders`.

    Returns
    -------
    ndarray, shape (n, n_groups)
        The base as `then` reads it and a row's parts add up to its log-odds as `now` reads them.
    """
    end = base + parts.sum(axis=1)
    reading = (now.margin(base) - then.margin(base) + now.margin(end) - then.margin(end)) / 2
    return parts * ((then.slope + now.slope) / 2)[:, np.newaxis] + np.outer(reading, shares)


def unread(n_rows: int) -> RowLines:
    """Give the lines of rows whose class is not known: their margins stand as they are."""
    return RowLines(np.ones(n_rows), np.zeros(n_rows))
