"""Draws of households that come out the same in every run, process and order."""

from hashlib import blake2b

import polars as pl

from models.arrays import Floats


def household_lot(household_ids: pl.Series, draw: str) -> Floats:
    """Give every household its lot in [0, 1): the same for all its rows.

    Parameters
    ----------
    household_ids : Series
        One id a row, repeated as it comes.
    draw : str
        Name of the draw; lots of different draws are independent.

    Returns
    -------
    ndarray
        One lot a row.

    References
    ----------
    A keyed hash, not CRC: CRCs of equally long ids under two salts differ by a constant,
    so the draws would hang together.

    Examples
    --------
    >>> household_lot(pl.Series(["a", "b", "a"]), "fold").round(3).tolist()
    [0.267, 0.84, 0.267]
    """
    distinct = household_ids.unique(maintain_order=True)
    lots = pl.Series([_lot(one, draw) for one in distinct.to_list()], dtype=pl.Float64)
    return household_ids.replace_strict(distinct, lots).to_numpy()


def _lot(household_id: str, draw: str) -> float:
    digest = blake2b(household_id.encode(), digest_size=6, key=draw.encode()).digest()
    return int.from_bytes(digest, "big") / 2.0**48
