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


def equal_risk_gap(value: Floats, risk: Floats, band: Integers, own: Flags, rest: Flags) -> Figure:
    """Take what the rest is worth at the group's own risks from what the group is worth.

    Parameters
    ----------
    value : ndarray, shape (n_rows,)
        What is compared, such as how much of each row is listed.
    risk : ndarray, shape (n_rows,)
        Probabilities: a row counts by its expected falls, as in a recall.
    band : ndarray of int, shape (n_rows,)
        Of risk.
    own, rest : ndarray of bool, shape (n_rows,)
        The group, and whom it is held against.

    Returns
    -------
    Figure
        Direct standardisation: the mean, over the group's rows weighted by risk, of the value less
        the mean value of the rest in the same band. Of a list it is the recall gap that would
        remain if the risks of both were alike. Rows of bands without any of the rest are left
        out; NaN without any row.

    Examples
    --------
    >>> own, listed = np.array([True, True, False, False]), np.array([1.0, 0, 1, 1])
    >>> equal_risk_gap(listed, np.full(4, 0.2), np.zeros(4, int), own, ~own).value
    -0.5
    """
    n_rest = np.bincount(band[rest], minlength=band.max(initial=0) + 1)
    mean = np.bincount(band[rest], value[rest], len(n_rest)) / np.maximum(n_rest, 1)
    more, weight = value - mean[band], np.where(own & (n_rest[band] > 0), risk, 0.0)
    whole = weight.sum()
    if not whole:
        return linear(np.nan, np.zeros(len(value)))
    gap = float((weight * more).sum() / whole)
    of_band = np.bincount(band, weight, len(n_rest)) / whole / np.maximum(n_rest, 1)
    influence = weight * (more - gap) / whole - np.where(rest, of_band[band] * more, 0.0)
    return linear(gap, influence * len(value))
