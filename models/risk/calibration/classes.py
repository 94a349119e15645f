"""Classes of households whose margins may be read by a line of their own."""

from collections.abc import Sequence

import numpy as np

from models.arrays import Floats, Integers

#: What `size_and_age` looks at: features of the household, which name no cause and have no direction.
CLASS_FEATURES = ("household_size", "is_elderly_only")
#: Persons from which on the next class of size begins.
SIZES = (2, 4, 6)
#: Households of elderly members only are a class whatever their size.
CLASSES = ("1", "2-3", "4-5", "6+", "elderly_only")


def class_columns(names: Sequence[str]) -> list[int]:
    """Say where `CLASS_FEATURES` stand among the columns; nowhere, unless all of them do."""
    return [names.index(one) for one in CLASS_FEATURES] if {*CLASS_FEATURES} <= {*names} else []


def size_and_age(size: Floats, elderly_only: Floats) -> Integers:
    """Give every household the number of its class, in the order of `CLASSES`.

    Parameters
    ----------
    size : ndarray, shape (n,)
        Persons; NaN where not recorded.
    elderly_only : ndarray, shape (n,)
        1 where all members are of 60 and over; NaN where an age is missing, which counts as no.

    Returns
    -------
    ndarray of int, shape (n,)
        -1 where there is no class to be known.

    Examples
    --------
    >>> size_and_age(np.array([1, 2, 5, 7, 2, np.nan]), np.array([0, 0, np.nan, 0, 1, 0])).tolist()
    [0, 1, 2, 3, 4, -1]
    """
    by_size = np.where(np.isnan(size), -1, np.searchsorted(SIZES, size, side="right"))
    return np.where(elderly_only >= 1, CLASSES.index("elderly_only"), by_size)
