"""Rows walked together, a block at a time, on as many threads as there are."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from models.arrays import Floats

#: Rows of a block: what is the same for all of them is read once.
LANES = 256

#: LightGBM reads numbers up to this as zero (``kZeroThreshold``).
ZERO = float(np.float32(1e-35))


def block_of(rows: Floats) -> Floats:
    """Turn rows into columns that lie together, as LightGBM reads their numbers.

    Examples
    --------
    >>> block_of(np.array([[1.0, 1e-36], [2.0, 3.0]]))
    array([[1., 2.],
           [0., 3.]])
    """
    block = np.ascontiguousarray(rows.T)
    return np.where(np.abs(block) <= ZERO, 0.0, block)


def each(items: Iterable[Any], do: Callable[[Any], None], threads: int) -> None:
    """Do the same to every item; the first failure is raised."""
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(do, items))
