"""Whether households of a group are listed as often as others of the same risk."""

import numpy as np

from models.arrays import Flags, Floats, Integers
from models.figures import Figure, linear


def risk_bands(risk: Floats, bins: int) -> Integers:
    """Put rows into bands of risk that hold equally many expected falls each, the lowest first.

    A list is made where risks are high and rare: bands of equally many households would put
    all of it into the last.

    Parameters
    ----------
    risk : ndarray, shape (n_rows,)
        Probabilities; equal ones share a band.
    bins : int
        Bands at most.

    Examples
    --------
    >>> risk_bands(np.array([0.1, 0.1, 0.1, 0.1, 0.4]), 2).tolist()
    [0, 0, 0, 0, 1]
    """
    values, position, count = np.unique(risk, return_inverse=True, return_counts=True)
    expected = values * count
    before = np.cumsum(expected) - expected
    total = max(float(expected.sum()), np.finfo(float).tiny)
    return np.minimum((before / total * bins + 1e-9).astype(np.int64), bins - 1)[position]


def equal_risk_gap(listed: Floats, band: Integers, own: Flags, rest: Flags) -> Figure:
    """Take the share listed of the rest, at the group's own risks, from the share listed of the group.

    Parameters
    ----------
    listed : ndarray, shape (n_rows,)
        How much of each row is listed.
    band : ndarray of int, shape (n_rows,)
        Of risk.
    own, rest : ndarray of bool, shape (n_rows,)
        The group, and whom it is held against.

    Returns
    -------
    Figure
        Direct standardisation: the mean, over the group's rows, of listed less the share listed
        of the rest of the same band. Rows of bands without any of the rest are left out; NaN without any.

    Examples
    --------
    >>> own = np.array([True, True, False, False])
    >>> equal_risk_gap(np.array([1.0, 0, 1, 1]), np.zeros(4, int), own, ~own).value
    -0.5
    """
    n_rest = np.bincount(band[rest], minlength=band.max(initial=0) + 1)
    share = np.bincount(band[rest], listed[rest], len(n_rest)) / np.maximum(n_rest, 1)
    held = own & (n_rest[band] > 0)
    n, more = held.sum(), listed - share[band]
    if not n:
        return linear(np.nan, np.zeros(len(listed)))
    gap = float(more[held].mean())
    weight = np.bincount(band[held], minlength=len(n_rest)) / n / np.maximum(n_rest, 1)
    influence = np.where(held, (more - gap) / n, 0.0) - np.where(rest, weight[band] * more, 0.0)
    return linear(gap, influence * len(listed))
