"""What the model would say if help changed some features: a trial inside the model, no promise."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from features.declaration import Feature, declared_features
from models.arrays import Floats
from models.risk.model import RiskModel
from register.reference import Change, Lever


def try_levers(
    model: RiskModel, frame: pd.DataFrame, levers: Sequence[Lever], line_a_month: float | None
) -> dict[str, Floats]:
    """Score households again with what each lever would change.

    Parameters
    ----------
    model : RiskModel
        Fitted and calibrated.
    frame : pandas.DataFrame, shape (n_households, n_features)
        As the model wants it.
    levers : sequence of Lever
        What help can change.
    line_a_month : float or None
        Yuan a person; without it levers that count in yuan are left out, and always those
        that read or change a feature the model does not have.

    Returns
    -------
    dict of str to ndarray, shape (n_households,)
        Risk by code of the lever; NaN where it cannot be tried for the household.
    """
    known = {one.name: one for one in declared_features()}
    return {
        lever.code: _tried(model, frame, lever, line_a_month, known)
        for lever in levers
        if _reads(lever) <= {*frame.columns}
        and (line_a_month or not any(change.yuan_a_month for change in lever.changes))
    }


def _reads(lever: Lever) -> set[str]:
    of_changes = {name for change in lever.changes for name in (change.feature, change.of_feature) if name}
    in_yuan = any(change.yuan_a_month for change in lever.changes)
    return {*lever.when, *of_changes, *(("household_size",) if in_yuan else ())}


def _tried(
    model: RiskModel,
    frame: pd.DataFrame,
    lever: Lever,
    line_a_month: float | None,
    known: Mapping[str, Feature],
) -> Floats:
    can = np.all([frame[name].to_numpy() >= least for name, least in lever.when.items()], axis=0)
    risk = np.full(len(frame), np.nan)
    if can.any():
        risk[can] = model.predict_proba(helped(frame[can], lever, line_a_month, known))[:, 1]
    return risk


def helped(
    frame: pd.DataFrame, lever: Lever, line_a_month: float | None, known: Mapping[str, Feature]
) -> pd.DataFrame:
    """Give the features with the lever's changes, held inside declared bounds; missing stays missing."""
    return frame.assign(
        **{
            change.feature: _changed(frame, change, line_a_month).clip(*known[change.feature].bounds)
            for change in lever.changes
        }
    )


def _changed(frame: pd.DataFrame, change: Change, line_a_month: float | None) -> "pd.Series[float]":
    value = frame[change.feature]
    if change.to is not None:
        return value.where(value.isna(), float(change.to))
    needs = (line_a_month or np.nan) * frame["household_size"] if change.yuan_a_month else 1.0
    added = change.add * (frame[change.of_feature] if change.of_feature else 1.0)
    return change.times * value + added + change.yuan_a_month / needs
