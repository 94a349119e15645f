"""What may be published of counts: small ones are not shown, nor what would bring them back."""

import numpy as np
import polars as pl

from models.arrays import Flags, Integers

#: A count up to it is not shown, nor a share over or of it (RELIABILITY 1, OpenSAFELY; RELIABILITY P10).
SMALL = 7
#: Published counts are rounded to a multiple of it.
NEAREST = 5


def rounded(count: float) -> int:
    """Round a count for publication, halves up.

    Examples
    --------
    >>> rounded(983), rounded(12)
    (985, 10)
    """
    return int((count + NEAREST / 2) // NEAREST) * NEAREST


def is_hidden(count: str, within: str, order: str) -> pl.Expr:
    """Tell which counts to hide: the small ones, and the next smallest that would bring one back.

    Within a whole whose total is known, the smallest counts are hidden until at least two
    are that add up to more than `SMALL`, if any is small. A count of 0 is small as well.

    Parameters
    ----------
    count : str
        Column of counts; a missing one is not hidden again.
    within : str
        Column that names the whole.
    order : str
        Column that settles between equal counts.
    """
    smallest_first = pl.struct(count, order)
    place = smallest_first.rank("ordinal")
    sorted_counts = pl.col(count).fill_null(0).sort_by(smallest_first)
    hidden_before = (sorted_counts.cum_sum() - sorted_counts).gather(place - 1)
    is_small = (pl.col(count) <= SMALL).fill_null(value=False)
    derived = is_small.any() & ((place <= 2) | (hidden_before <= SMALL))
    return (is_small | derived).over(within)


def hidden_cells(counts: Integers, also: Flags | None = None) -> Flags:
    """Tell which cells of a table to hide whose rows and columns add up to known totals.

    Parameters
    ----------
    counts : ndarray, shape (n_rows, n_columns)
    also : ndarray of bool, optional
        Cells that are hidden anyway, as another table would tell by them what it hides;
        of any shape that goes over `counts`.

    Returns
    -------
    ndarray of bool, shape (n_rows, n_columns)
        The small ones, and the next smallest of their row and column, until in no line a
        hidden count could be told from the others.

    Examples
    --------
    >>> hidden_cells(np.array([[3, 20, 90], [40, 30, 80]])).astype(int).tolist()
    [[1, 1, 0], [1, 1, 0]]
    """
    hidden = counts <= SMALL if also is None else (counts <= SMALL) | also
    before = None
    while before is None or (hidden != before).any():
        before = hidden.copy()
        for table, flags in ((counts, hidden), (counts.T, hidden.T)):
            for line, of_line in zip(table, flags, strict=True):
                _close(line, of_line)
    return hidden


def _close(line: Integers, hidden: Flags) -> None:
    """Hide the smallest of a line, in place, until two or more are hidden that add up to no small count."""
    for place in np.argsort(line, kind="stable"):
        if not hidden.any() or (hidden.sum() > 1 and line[hidden].sum() > SMALL):
            return
        hidden[place] = True
