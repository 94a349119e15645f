"""What the model adds for each cause and circumstance, on the calibrated log-odds scale."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.risk import RiskModel
from register.errors import ContractError

Floats = NDArray[np.float64]

#: Rows whose contributions are held in memory at once.
BLOCK = 20_000


def attribute(
    model: RiskModel, frame: pd.DataFrame, groups: Mapping[str, Sequence[str]]
) -> tuple[Floats, pd.DataFrame]:
    """Split each row's margin into a base and one part a group.

    Parameters
    ----------
    model : RiskModel
        Fitted.
    frame : pandas.DataFrame
        Rows to explain.
    groups : mapping of str to sequence of str
        The features of each group; every feature in exactly one.

    Returns
    -------
    tuple of (ndarray, pandas.DataFrame)
        Base and parts; base + the row's parts = ``model.margin``.

    Raises
    ------
    ContractError
        When a feature of the model is in no group or in two.
    """
    columns = _group_columns(model.feature_names_in_, groups)
    calibration = model.calibration_
    base, parts = np.empty(len(frame)), np.empty((len(frame), len(columns)))
    for start in range(0, len(frame), BLOCK):
        rows = slice(start, start + BLOCK)
        raw = _contributions(model, frame.iloc[rows])
        base[rows] = calibration.slope * raw[:, -1] + calibration.intercept
        for place, chosen in enumerate(columns.values()):
            parts[rows, place] = calibration.slope * raw[:, chosen].sum(axis=1)
    return base, pd.DataFrame(parts, index=frame.index, columns=pd.Index(list(columns)))


def _contributions(model: RiskModel, frame: pd.DataFrame) -> Floats:
    matrix = model.checked(frame)
    total = np.zeros((len(matrix), matrix.shape[1] + 1))
    for member in model.members_:
        total += member.predict(matrix, pred_contrib=True, num_threads=model.threads)
    return total / len(model.members_)


def _group_columns(names: Sequence[str], groups: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    place = {name: number for number, name in enumerate(names)}
    columns = {group: [place[name] for name in chosen if name in place] for group, chosen in groups.items()}
    if sorted(number for chosen in columns.values() for number in chosen) != list(range(len(names))):
        counted = [name for chosen in groups.values() for name in chosen]
        stray = next(name for name in names if counted.count(name) != 1)
        raise ContractError(
            f"feature {stray}: found in {counted.count(stray)} explanation groups, it must be in one; "
            "declare it once and train again"
        )
    return columns
