"""What may be published of counts: small ones are not shown, nor what would bring them back."""

import polars as pl

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
