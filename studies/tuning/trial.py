"""How good parameters are inside the past of the first season judged: rolled, a quarter held back."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from models.arrays import Floats
from models.figures import Figure
from models.keys import KEYS
from models.resampling import Bootstrap, Resampling, interval
from models.risk.calibration.maps import fit_map
from models.risk.logistic import blend
from models.risk.model import RiskModel
from models.risk.training_set import TrainingSet
from models.training.selection import KINDS, log_losses, select
from register.errors import SeasonError
from register.seasons import months_later


@dataclass(frozen=True)
class Round:
    """One step of the rolling past: trained on what was known, judged on what became known next."""

    training: TrainingSet
    judged: TrainingSet

    @property
    def days(self) -> pl.Series:
        """As-of dates of the rows judged."""
        return pl.Series(self.judged.frame.index.get_level_values("as_of_date")).cast(pl.Date)


def rounds(training: TrainingSet, late: TrainingSet, day: date, months: int, least: int) -> list[Round]:
    """Roll through the last label window before `day`, a quarter a round.

    Parameters
    ----------
    training, late : TrainingSet
        Rows to train on, and whole households' rows that became known in the last window;
        nothing known after `day`.
    day : date
        The first season judged; none of its outcomes are looked at.
    months : int
        Length of the label window.
    least : int
        Rounds in which fewer fell, to train on or to judge by, are left out.

    Raises
    ------
    SeasonError
        When fewer than two are left: one to choose by and one held back.
    """
    ends = [months_later(day, -step) for step in range(months - months % 3, 0, -3)]
    rolled = [
        Round(training.known_by(end), late.known_after(end).known_by(months_later(end, 3))) for end in ends
    ]
    usable = [one for one in rolled if min(one.training.cohort.n_positive, one.judged.n_positive) >= least]
    if len(usable) < 2:
        raise SeasonError(
            f"tune: found {len(usable)} quarters before {day} with {least} households that fell to train on "
            "and to judge by, needed are 2; take a later season or lower evaluate.min_positives"
        )
    return usable


@dataclass(frozen=True)
class Tried:
    """Margins that one set of parameters gives in every round, and what they are worth.

    Attributes
    ----------
    margins : sequence of tuple of ndarray
        Boosted and logistic margins of the rows judged, a pair a round.
    kind : str
        The kind of model with the least log loss, the last round aside.
    loss : float
        Its mean log loss over the seasons of those rounds, calibrated by a line.
    """

    margins: Sequence[tuple[Floats, Floats]]
    kind: str
    loss: float


def tried(
    past: Sequence[Round], trees: Mapping[str, Any], directions: Mapping[str, int], threads: int
) -> Tried:
    """Train every round with the parameters and judge all rounds but the last, which is held back.

    Parameters
    ----------
    past : sequence of Round
        As `rounds` gives them.
    trees : mapping
        Arguments of `RiskModel`.
    directions : mapping of str to int
        Monotone constraints.
    threads : int
        Rounds at a time; the figures do not depend on it.
    """

    def margins(one: Round) -> tuple[Floats, Floats]:
        rows = one.training
        model = RiskModel(**trees, monotone_cst=directions)
        model.fit(rows.frame, rows.label, rows.weight, trees_only=rows.trees_only)
        members, logistic = model.raw_kinds(one.judged.frame)
        return members.mean(axis=1), logistic

    with ThreadPoolExecutor(threads) as pool, threadpool_limits(1):
        margins_of = list(pool.map(margins, past))
    boosted, logistic = (np.concatenate([pair[side] for pair in margins_of[:-1]]) for side in (0, 1))
    label = np.concatenate([one.judged.label for one in past[:-1]])
    regrets = select(boosted, logistic, label, pl.concat(one.days for one in past[:-1])).regrets
    means = {kind: float(regrets.filter(kind=kind)["log_loss"].to_numpy().mean()) for kind in KINDS}
    best = min(KINDS, key=means.__getitem__)
    return Tried(margins_of, best, means[best])


@dataclass(frozen=True)
class Gain:
    """Log loss of the best parameters less that of those in use, paired: below zero they are better.

    Attributes
    ----------
    n : int
        Rows of the round held back, of which no trial was chosen by.
    value, low, high : float
        Mean difference and its 95 % interval.
    """

    n: int
    value: float
    low: float | None
    high: float | None


def gain(
    past: Sequence[Round], best: Tried, current: Tried, clusters: pl.DataFrame, bootstrap: Bootstrap
) -> Gain:
    """Hold the best parameters beside those in use, on the round that was held back.

    Parameters
    ----------
    past : sequence of Round
        The last one was held back.
    best, current : Tried
        Of the two sets of parameters.
    clusters : DataFrame
        `KEYS` and ``cluster``.
    bootstrap : Bootstrap
        Draws of clusters.
    """
    index = past[-1].judged.frame.index
    keys = pl.DataFrame({"household_id": index.get_level_values(0).to_list(), "as_of_date": past[-1].days})
    apart = _held_back(past, best) - _held_back(past, current)
    figure = Figure(apart, np.ones(len(apart)))
    drawn = Resampling(
        keys.join(clusters, on=KEYS, how="left", maintain_order="left")["cluster"],
        bootstrap.resamples,
        bootstrap.seed,
    )
    return Gain(len(apart), figure.value, *interval(drawn.spread({"loss": figure})["loss"]))


def _held_back(past: Sequence[Round], one: Tried) -> Floats:
    """Give the log loss of every row of the last round, calibrated on the rounds before."""
    raw = [blend(boosted, logistic, KINDS[one.kind]) for boosted, logistic in one.margins]
    label = np.concatenate([each.judged.label for each in past[:-1]])
    before = np.concatenate(raw[:-1])
    return log_losses(fit_map(before, label).margin(raw[-1]), past[-1].judged.label)
