"""The headline figures of a finished run and of the same run under other keys."""

import json
from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from models.names import POOLED
from pipelines.workspace.workspace import Workspace

#: Name of a figure in ``metrics.json`` -> its metric and list in ``leaderboard.csv``, and what it is called.
FIGURES = {
    "auc": ("auc", None, "AUC"),
    "precision_at_capacity": ("precision", "capacity", "precision at capacity 按走访数的命中率"),
    "bias": ("bias", None, "bias 平均偏差"),
    "slope": ("slope", None, "slope 校准斜率"),
}


class Drawn(NamedTuple):
    """A figure pooled over the judged seasons: as the run has it, with its interval, and under other keys."""

    called: str
    value: float
    low: float
    high: float
    others: tuple[float, ...]

    @property
    def range_share(self) -> float:
        """Say how wide the figures of all keys lie, as a share of the run's 95 % interval."""
        every = (self.value, *self.others)
        return (max(every) - min(every)) / (self.high - self.low)


def drawn(made: Workspace, others: Sequence[Workspace]) -> list[Drawn]:
    """Read `FIGURES` of a finished run and of its trials.

    Parameters
    ----------
    made : Workspace
        The finished run.
    others : sequence of Workspace
        The same under other keys.

    Returns
    -------
    list of Drawn
    """
    board = pl.read_csv(made.tables / "leaderboard.csv", schema_overrides={"list": pl.String})
    metrics = [json.loads((one.evaluation / "metrics.json").read_text(encoding="utf-8")) for one in others]
    return [
        Drawn(called, *_interval(board, metric, of), tuple(one[name] for one in metrics))
        for name, (metric, of, called) in FIGURES.items()
    ]


def _interval(board: pl.DataFrame, metric: str, of: str | None) -> tuple[float, float, float]:
    """Find the model's own pooled figure of everybody."""
    own = board.filter(
        pl.col("compared_with").is_null(),
        pl.col("list").eq_missing(of),
        origin=POOLED,
        subgroup="all",
        model="risk_model",
        metric=metric,
        ties="mean",
    )
    value, low, high = own.select("value", "low", "high").row(0)
    return value, low, high
