"""The numbers of a feature frame, if it is just what the model was trained on."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from models.arrays import Floats
from register.errors import ContractError


def checked_matrix(frame: pd.DataFrame, names: Sequence[str]) -> Floats:
    """Give the numbers of `frame`, if it is just what the model was trained on.

    Raises
    ------
    ContractError
        When columns, their order or their type differ, or a value is infinite.

    References
    ----------
    LightGBM itself accepts swapped and renamed columns without a word (RELIABILITY M10).
    """
    _refuse_other_columns(list(frame.columns), list(names))
    wrong = [str(name) for name, dtype in frame.dtypes.items() if dtype != np.float64]
    if wrong:
        raise ContractError(
            f"features: column {wrong[0]} has type {frame[wrong[0]].dtype}, allowed is float64; "
            "build the features again"
        )
    matrix = np.ascontiguousarray(frame.to_numpy())
    infinite = np.isinf(matrix).any(axis=0)
    if infinite.any():
        name = names[int(np.argmax(infinite))]
        raise ContractError(
            f"features: column {name} holds an infinite value, allowed are numbers and missing; mend its "
            "expression so that it does not divide by zero"
        )
    return matrix


def households_in_order(rows: pd.DataFrame | Floats) -> tuple[pl.Series, NDArray[np.intp]]:
    """Tell whose each row is, and how to sort rows so that the order they come in changes nothing.

    Parameters
    ----------
    rows : pandas.DataFrame or ndarray, shape (n, n_features)
        A frame indexed by household and date, in this order. Without these two levels every
        row is a household of its own, and rows stay as they come.

    Returns
    -------
    tuple of (polars.Series, ndarray of int)
        Household ids, one a row as it comes, and the positions of the rows, sorted by
        household and date.
    """
    index = getattr(rows, "index", None)
    if index is None or index.nlevels != 2:
        return pl.Series([str(position) for position in range(len(rows))]), np.arange(len(rows))
    households, dates = index.get_level_values(0), index.get_level_values(1)
    return pl.Series(households.to_list()), np.lexsort([dates, households])


def _refuse_other_columns(columns: list[str], names: list[str]) -> None:
    if columns == names:
        return
    at = next((i for i, pair in enumerate(zip(columns, names, strict=False)) if pair[0] != pair[1]), None)
    place = min(len(columns), len(names)) if at is None else at
    raise ContractError(
        f"features: column {place + 1} is {_name_at(columns, place)}, the model was trained with "
        f"{_name_at(names, place)} there; build the features and train with the same code (huitou run)"
    )


def _name_at(names: list[str], place: int) -> str:
    return names[place] if place < len(names) else "nothing"
