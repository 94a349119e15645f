"""How firm the split by cause is: whether members, retrainings and seasons name the same cause."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from models.arrays import Floats
from models.attribution.attribute import attribute, member_parts
from models.risk.model import RiskModel


def attribute_by_member(model: RiskModel, frame: pd.DataFrame, groups: Mapping[str, Sequence[str]]) -> Floats:
    """Split each member's margin over the groups.

    Parameters
    ----------
    model, frame, groups
        As in `models.attribution.attribute.attribute`.

    Returns
    -------
    ndarray, shape (n_members, n_households, n_groups)
        Calibrated log-odds; their mean over the members is what `attribute` gives.
    """
    means, parts = member_parts(model, frame, groups)
    bases = np.repeat(means[:, np.newaxis], len(frame), axis=1)
    splits = [model.calibration_.map.split(*one)[1] for one in zip(bases, parts, strict=True)]
    return np.stack(splits)


def main_support(parts: Floats, by_member: Floats) -> Floats:
    """Give the share of members that name the same main cause as their mean does.

    Parameters
    ----------
    parts : ndarray, shape (n_households, n_causes)
        Of the model.
    by_member : ndarray, shape (n_members, n_households, n_causes)
        Of its members.

    Returns
    -------
    ndarray, shape (n_households,)
        Shares; NaN where no cause raises the risk, so that none is named.

    Examples
    --------
    >>> by_member = np.array([[[0.5, 0.1]], [[0.3, 0.4]], [[0.6, 0.1]]])
    >>> main_support(by_member.mean(axis=0), by_member).round(2)
    array([0.67])
    """
    same = (by_member.argmax(axis=2) == parts.argmax(axis=1)) & (by_member.max(axis=2) > 0)
    return np.where(parts.max(axis=1) > 0, same.mean(axis=0), np.nan)


def agreement(parts: Floats, others: Floats) -> dict[str, float | None]:
    """Compare two splits of the same households.

    Parameters
    ----------
    parts, others : ndarray, shape (n_households, n_causes)
        Log-odds.

    Returns
    -------
    dict of str to float
        ``spearman`` over all households and causes, None where one split never varies;
        ``same_main_cause``: share of households, among those for which either names one, None
        where neither does.
    """
    named = (parts.max(axis=1) > 0) | (others.max(axis=1) > 0)
    same = parts[named].argmax(axis=1) == others[named].argmax(axis=1)
    varied = np.ptp(parts) > 0 and np.ptp(others) > 0
    return {
        "spearman": float(spearmanr(parts.ravel(), others.ravel())[0]) if varied else None,
        "same_main_cause": float(same.mean()) if named.any() else None,
    }


def stability(
    model: RiskModel,
    others: Mapping[str, RiskModel],
    frame: pd.DataFrame,
    groups: Mapping[str, Sequence[str]],
) -> list[dict[str, str | float | None]]:
    """Compare the model's split with its own members' and with other models' on the same households.

    Parameters
    ----------
    model : RiskModel
        In use.
    others : mapping of str to RiskModel
        Models of other seasons, by name.
    frame : pandas.DataFrame, shape (n_households, n_features)
        At least two households.
    groups : mapping of str to sequence of str
        The causes; other features are not compared.

    Returns
    -------
    list of dict
        ``compared_with, households`` and `agreement`, one row a member or model.
    """
    whole = _whole(model, groups)
    members = attribute_by_member(model, frame, whole)[:, :, : len(groups)]
    parts = members.mean(axis=0)
    splits = {f"member {number + 1}": split for number, split in enumerate(members)}
    splits |= {name: attribute(one, frame, whole)[1][list(groups)].to_numpy() for name, one in others.items()}
    return [
        {"compared_with": name, "households": len(frame), **agreement(parts, split)}
        for name, split in splits.items()
    ]


def _whole(model: RiskModel, groups: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Put all features without a group into one last group."""
    named = {name for chosen in groups.values() for name in chosen}
    return {**groups, "": [name for name in model.feature_names if name not in named]}
