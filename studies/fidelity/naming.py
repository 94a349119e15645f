"""How often named causes are true in the simulated prefecture, and how true it is to name none.

A household is named one cause or none. The name is right if it is a first true cause of its fall
(`studies.fidelity.prefecture.true_causes`); falls that no single cause made are counted, not judged.
Villages are drawn again for every interval, with all their households and seasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
import polars as pl

from features.declaration import CAUSES
from models.arrays import Flags, Floats, Integers
from models.causes.gate import STEPS
from models.figures import Figure, Figures
from models.resampling import Resampling, interval
from models.risk.parameters import ForecastParameters

#: No cause is named.
NONE = -1
RESAMPLES, SEED = 1000, 20260101
#: Falls with a first true cause: all, by when it began, and those whom the list found.
FALLS, AT_WORK, LATER, STANDING, HITS = "all falls", "at work", "came later", "standing", "the list's hits"


class Named(NamedTuple):
    """What one way of naming says of every household.

    Attributes
    ----------
    cause : ndarray of int, shape (n_households,)
        Place of the named cause in `CAUSES`, `NONE` where none is.
    board : ndarray, shape (n_households, n_causes)
        What each household adds to a board of causes.
    """

    cause: Integers
    board: Floats


@dataclass(frozen=True)
class Truth:
    """What made the households of the judged cohorts fall.

    Attributes
    ----------
    rows : DataFrame
        One row a household and season: ``season, village_id, is_listed, fell, struck`` (`AT_WORK`,
        `LATER`, `STANDING`; missing where no single cause made a fall).
    first : ndarray of bool, shape (n_households, n_causes)
        First true causes; several where they took as much.
    """

    rows: pl.DataFrame
    first: Flags

    @property
    def n_fell(self) -> int:
        """Count those known to have fallen, whatever made them."""
        return int(self.rows["fell"].sum())

    @property
    def is_unjudged(self) -> Flags:
        """Mark the falls that no single cause made."""
        return self.rows["fell"].fill_null(value=False).to_numpy() & ~self.first.any(axis=1)

    @property
    def is_listed(self) -> Flags:
        """Mark whom the delivered list of the season named."""
        return self.rows["is_listed"].to_numpy()

    @property
    def often(self) -> Floats:
        """Give how often each cause is the first true one."""
        return np.asarray(self.shares.sum(axis=0) / max(self.first.any(axis=1).sum(), 1))

    @property
    def shares(self) -> Floats:
        """Share each fall out among its first true causes."""
        return self.first / np.maximum(self.first.sum(axis=1, keepdims=True), 1)

    @property
    def groups(self) -> dict[str, Flags]:
        """Mark the judged falls of each group."""
        falls, struck = np.asarray(self.first.any(axis=1)), self.rows["struck"]
        when = {
            name: (struck == name).fill_null(value=False).to_numpy() for name in (AT_WORK, LATER, STANDING)
        }
        return {FALLS: falls, **when, HITS: falls & self.is_listed}

    def right(self, named: Named) -> Flags:
        """Mark the households whose named cause is a first true one."""
        chosen = self.first[np.arange(len(self.first)), named.cause]
        return np.asarray(chosen & (named.cause != NONE))

    def of(self, kept: Flags) -> "Truth":
        """Keep some households."""
        return Truth(self.rows.filter(kept), self.first[kept])

    def drawn(self) -> Resampling:
        """Draw the villages again."""
        return Resampling(self.rows["village_id"], RESAMPLES, SEED)


def share(part: Flags, whole: Flags) -> Figure:
    """Give the share of the rows of `whole` that are in `part`."""
    return Figure((part & whole).astype(np.float64), whole.astype(np.float64))


def figures(named: Named, truth: Truth) -> Figures:
    """Give what one way of naming reaches.

    Returns
    -------
    dict of str to Figure
        ``right, GROUP``: of the named falls; ``named, GROUP``, of the list and of the falls that no single
        cause made; ``silence true``: of the falls without a name, how many had no first cause at work.
    """
    groups, speaks, right = truth.groups, named.cause != NONE, truth.right(named)
    return {
        **{f"right, {name}": share(right, kept & speaks) for name, kept in groups.items()},
        **{f"named, {name}": share(speaks, kept) for name, kept in groups.items()},
        "named, the list": share(speaks, truth.is_listed),
        "named, no single cause": share(speaks, truth.is_unjudged),
        "silence true": share(~groups[AT_WORK], groups[FALLS] & ~speaks),
    }


def paired(one: Named, other: Named, truth: Truth) -> Figures:
    """Give how much more often `one` is right than `other` on the falls that `one` names."""
    gain = truth.right(one).astype(np.float64) - truth.right(other)
    speaks = one.cause != NONE
    whole = {name: (kept & speaks).astype(np.float64) for name, kept in truth.groups.items()}
    return {name: Figure(gain * kept, kept) for name, kept in whole.items()}


def where_both(one: Named, other: Named) -> Named:
    """Keep the names of `one` where `other` names a cause too."""
    return Named(np.where(other.cause == NONE, NONE, one.cause), one.board)


def measured(all_figures: Mapping[str, Figures], truth: Truth) -> pd.DataFrame:
    """Work out figures with their intervals: ``value, low, high``, one row a name and figure."""
    flat = {(name, one): figure for name, group in all_figures.items() for one, figure in group.items()}
    spread = truth.drawn().spread(flat)
    rows = {key: (figure.value, *interval(spread[key])) for key, figure in flat.items()}
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["value", "low", "high"], dtype=float
    ).set_axis(pd.MultiIndex.from_tuples(rows), axis="index")


def board_distance(named: Named, truth: Truth, group: str = FALLS) -> tuple[float, float, float]:
    """Give the total variation between what a board says and what a group of falls came from, and its ends.

    The board adds up all households; a fall with several first causes counts a share to each.
    """
    falls, whole = truth.groups[group].astype(np.float64), named.board.sum(axis=1)
    board = {cause: Figure(named.board[:, at], whole) for at, cause in enumerate(CAUSES)}
    true = {cause: Figure(truth.shares[:, at] * falls, falls) for at, cause in enumerate(CAUSES)}
    apart = sum(abs(board[one].value - true[one].value) for one in CAUSES) / 2
    again = truth.drawn()
    boards, trues = again.spread(board), again.spread(true)
    low, high = interval(np.sum([abs(boards[one] - trues[one]) for one in CAUSES], axis=0) / 2)
    return apart, np.nan if low is None else low, np.nan if high is None else high


def by_cause(named: Named, truth: Truth) -> pd.DataFrame:
    """Say of each cause how many falls it made, how often it was named then, and how often rightly."""
    groups, right, true = truth.groups, truth.right(named), truth.often
    board, rows = named.board.sum(axis=0) / named.board.sum(), {}
    for at, cause in enumerate(CAUSES):
        at_work, of_cause = truth.first[:, at] & groups[AT_WORK], named.cause == at
        rows[cause] = {
            "share of falls": true[at],
            "share of the board": board[at],
            "falls": int(truth.first[:, at].sum()),
            "at work": int(at_work.sum()),
            "of these named": share(of_cause, at_work).value,
            "named in falls": int((of_cause & groups[FALLS]).sum()),
            "right": share(right, of_cause & groups[FALLS]).value,
            "named in hits": int((of_cause & groups[HITS]).sum()),
            "right, hits": share(right, of_cause & groups[HITS]).value,
            "named in the list": int((of_cause & truth.is_listed).sum()),
        }
    return pd.DataFrame.from_dict(rows, orient="index", dtype=object)


def steps(
    named: Named, step: pl.Series, shares: Floats, truth: Truth, settings: ForecastParameters
) -> pd.DataFrame:
    """Hold each step of confidence against how often its names are right: falls, and the list's hits.

    Parameters
    ----------
    named : Named
        The names.
    step : Series
        How sure each is.
    shares : ndarray, shape (n_households,)
        What the step was read off.
    truth : Truth
        What made the households fall.
    settings : ForecastParameters
        Where the steps begin.
    """
    begin = dict(zip(STEPS, (settings.firm, settings.likely, 0.0), strict=True))
    end = dict(zip(STEPS, (1.0, settings.firm, settings.likely), strict=True))
    groups, right, speaks = truth.groups, truth.right(named), named.cause != NONE
    rows: dict[str, dict[str, float]] = {}
    for name in STEPS:
        of_step = speaks & (step == name).fill_null(value=False).to_numpy()
        rows[name] = {"from": begin[name], "to": end[name]}
        for group in (FALLS, HITS):
            kept = of_step & groups[group]
            mean_share = Figure(np.where(kept, shares, 0.0), kept.astype(np.float64))
            of_group = {"n": int(kept.sum()), "share": mean_share.value, "right": share(right, kept).value}
            rows[name] |= {f"{figure}, {group}": value for figure, value in of_group.items()}
    return pd.DataFrame.from_dict(rows, orient="index", dtype=object)
