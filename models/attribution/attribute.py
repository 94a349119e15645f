"""What the model adds for each cause and circumstance, on the calibrated log-odds scale."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from models.arrays import Floats
from models.attribution.cause_game import shapley_values_against
from models.attribution.class_reading import holders, read_parts, unread
from models.attribution.contrast import contrast_values
from models.attribution.games import member_game, play, trees_of
from models.attribution.tree_text import Tree
from models.risk.logistic import blend
from models.risk.model import RiskModel
from register.errors import ContractError


def attribute(
    model: RiskModel, frame: pd.DataFrame, groups: Mapping[str, Sequence[str]]
) -> tuple[Floats, pd.DataFrame]:
    """Split each row's margin into a base and one part a group.

    Parts are the Shapley values of the groups themselves (`models.attribution.cause_game`), not sums
    over their features: a group is known as a whole or not at all. Of the logistic member they
    are known in closed form, and the parts of a blend are blended as its margins are. A linear
    calibration keeps them Shapley values, one that bends only their sum (`CalibrationMap.split`).
    What reading by class adds goes to the group of the class's features (`models.attribution.class_reading`).

    Parameters
    ----------
    model : RiskModel
        Fitted; its members' parts are averaged.
    frame : pandas.DataFrame, shape (n_households, n_features)
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
        When a feature of the model is in no group or in two, or a tree is of a kind that
        cannot be split by cause.
    """
    means, parts = member_parts(model, frame, groups)
    return _split(model, np.full(len(frame), means.mean()), parts.mean(axis=0), frame, groups)


def member_parts(
    model: RiskModel, frame: pd.DataFrame, groups: Mapping[str, Sequence[str]]
) -> tuple[Floats, Floats]:
    """Give base and parts of each member, blended with the logistic one, read by class, not calibrated.

    Returns
    -------
    tuple of ndarray, shapes (n_members,) and (n_members, n_households, n_groups)
        Their means over the members are those of the model.
    """
    matrix, share = model.checked(frame), model.logistic_share_
    group_of = _group_of(model.feature_names, groups)
    games = [member_game(one, group_of) for one in model.members_]
    means, parts = np.array([game.mean for game in games]), play(games, matrix, len(groups), model.threads)
    if share != 0:
        logistic = _by_group(model.logistic_.parts(matrix), group_of, len(groups))
        means = blend(means, np.full(len(means), model.logistic_.base), share)
        parts = blend(parts, logistic, share)
    bases = np.repeat(means[:, np.newaxis], len(frame), axis=1)
    read = [_read(model, frame, *one, group_of) for one in zip(bases, parts, strict=True)]
    return means, np.stack(read)


def _read(
    model: RiskModel, frame: pd.DataFrame, base: Floats, parts: Floats, group_of: Sequence[int]
) -> Floats:
    """Read parts of blended log-odds by class; from a base that is read as it is."""
    lines = model.row_lines(frame)
    if lines is None:
        return parts
    shares = holders(model.feature_names, group_of, parts.shape[1])
    return read_parts(base, parts, unread(len(frame)), lines, shares)


def attribute_change(
    model: RiskModel, now: pd.DataFrame, then: pd.DataFrame, groups: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """Split what changed facts did to each row's margin over the groups, under one model.

    Parts are the Shapley values of the groups in the game of a household against itself
    (`models.attribution.contrast`): a group without a changed fact gets exactly 0.

    Parameters
    ----------
    model : RiskModel
        Fitted; its members' parts are averaged.
    now, then : pandas.DataFrame, shape (n_households, n_features)
        The same households' features of two days, in the same order.
    groups : mapping of str to sequence of str
        The features of each group; every feature in exactly one.

    Returns
    -------
    pandas.DataFrame, shape (n_households, n_groups)
        Calibrated log-odds; a row adds up to the difference of the two margins.

    Raises
    ------
    ContractError
        As `attribute`.
    """
    today, before = model.checked(now), model.checked(then)
    group_of = _group_of(model.feature_names, groups)
    raw = contrast_values(today, before, _trees(model), group_of, len(groups), model.threads)
    parts, share = raw / len(model.members_), model.logistic_share_
    if share != 0:
        moved = model.logistic_.parts(today) - model.logistic_.parts(before)
        parts = blend(parts, _by_group(moved, group_of, len(groups)), share)
    parts = _read_change(model, now, then, parts, group_of)
    # A line reads a change alike wherever it begins, and a bend does not.
    base = np.zeros(len(then)) if model.calibration_.map.is_linear else model.raw_margin(then)
    return _split(model, base, parts, now, groups)[1]


def _read_change(
    model: RiskModel, now: pd.DataFrame, then: pd.DataFrame, parts: Floats, group_of: Sequence[int]
) -> Floats:
    """Read the parts of a change by the classes of both days."""
    before, today = model.row_lines(then), model.row_lines(now)
    if before is None or today is None:
        return parts
    base = model.blended_members(then).mean(axis=1)
    return read_parts(base, parts, before, today, holders(model.feature_names, group_of, parts.shape[1]))


def attribute_interventional(
    model: RiskModel, frame: pd.DataFrame, groups: Mapping[str, Sequence[str]], background: pd.DataFrame
) -> tuple[Floats, pd.DataFrame]:
    """Split each row's margin against the rows of `background`, whose features stand in for unknown ones.

    Parameters
    ----------
    model, frame, groups
        As in `attribute`.
    background : pandas.DataFrame, shape (n_background, n_features)
        Households to compare with.

    Returns
    -------
    tuple of (ndarray, pandas.DataFrame)
        Base, the mean margin of `background`, calibrated and read by no class, and parts; base + the row's
        parts = ``model.margin``.

    Raises
    ------
    ContractError
        As `attribute`, and when `background` is empty.
    """
    if background.empty:
        raise ContractError(
            "background: found no rows, at least one is needed; draw households to compare with"
        )
    reference, matrix = model.checked(background), model.checked(frame)
    group_of = _group_of(model.feature_names, groups)
    summed = shapley_values_against(reference, matrix, _trees(model), group_of, len(groups), model.threads)
    against = model.logistic_.parts(matrix, model.logistic_.centre_of(reference))
    logistic = _by_group(against, group_of, len(groups))
    base = np.full(len(matrix), model.blended_members(background).mean())
    parts = blend(summed / len(model.members_), logistic, model.logistic_share_)
    return _split(model, base, _read(model, frame, base, parts, group_of), frame, groups)


def _trees(model: RiskModel) -> list[Tree]:
    return [tree for member in model.members_ for tree in trees_of(member)]


def _split(
    model: RiskModel, base: Floats, parts: Floats, frame: pd.DataFrame, groups: Mapping[str, Sequence[str]]
) -> tuple[Floats, pd.DataFrame]:
    calibrated_base, calibrated = model.calibration_.map.split(base, parts)
    return calibrated_base, pd.DataFrame(calibrated, index=frame.index, columns=pd.Index(list(groups)))


def _by_group(parts: Floats, group_of: Sequence[int], n_groups: int) -> Floats:
    summed = np.zeros((len(parts), n_groups))
    np.add.at(summed.T, list(group_of), parts.T)
    return summed


def _group_of(names: Sequence[str], groups: Mapping[str, Sequence[str]]) -> list[int]:
    """Give the number of each feature's group; groups may name features the model does not have."""
    holders = {
        name: [number for number, chosen in enumerate(groups.values()) for one in chosen if one == name]
        for name in names
    }
    stray = next((name for name in names if len(holders[name]) != 1), None)
    if stray is not None:
        raise ContractError(
            f"feature {stray}: found in {len(holders[stray])} explanation groups, it must be in one; "
            "declare it once and train again"
        )
    return [holders[name][0] for name in names]
