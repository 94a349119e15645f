"""The features of chosen rows, put into one matrix county by county, so that nothing stands twice."""

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

from models.arrays import Floats
from models.keys import KEYS


def feature_matrix(
    ordered: pl.DataFrame, shards: Iterable[pl.DataFrame], names: Sequence[str]
) -> tuple[Floats, int]:
    """Look up the features of rows in the county frames.

    Parameters
    ----------
    ordered : DataFrame
        Rows with `KEYS`, in the order of the matrix.
    shards : iterable of DataFrame
        Feature frames, walked once.
    names : sequence of str
        Columns of the matrix.

    Returns
    -------
    tuple of (ndarray, int)
        The matrix, row by row in memory (whoever takes rows of it copies them as they lie), missing
        values NaN; and how many rows have features: of the others the matrix says nothing.

    Examples
    --------
    >>> from datetime import date
    >>> rows = pl.DataFrame({"household_id": ["an", "bo"], "as_of_date": date(2025, 12, 31)})
    >>> counties = [one.with_columns(wage=pl.lit(wage)) for one, wage in ((rows[1:], 3.0), (rows[:1], 1.0))]
    >>> matrix, n_rows = feature_matrix(rows, counties, ["wage"])
    >>> matrix.ravel().tolist(), n_rows
    ([1.0, 3.0], 2)
    """
    matrix, n_rows = np.empty((len(ordered), len(names))), 0
    places = ordered.select(KEYS).with_row_index("place")
    for shard in shards:
        known = shard.select(KEYS).with_row_index("row").join(places, on=KEYS, how="inner")
        values = shard.select(names)[known["row"]].cast(pl.Float64)
        matrix[known["place"].to_numpy()] = values.to_numpy(order="c")
        n_rows += len(known)
    return matrix, n_rows
