"""How far risks were off in every judged season, beside how the line was taken to rise and rose."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from models.evaluation.board import CAME, MODEL
from models.names import POOLED

#: ``relative_bias`` of the risk for the rise assumed, ``relative_bias_came`` for that which came.
SEASON_CALIBRATION = {
    "season": pl.String(),
    "line_changes": pl.String(),
    "line_changes_came": pl.String(),
    "relative_bias": pl.Float64(),
    "relative_bias_came": pl.Float64(),
}
#: Of a model's facts: new line over old, one a county that differs.
RISES = ("line_changes", "line_changes_came")


def season_calibration(board: pl.DataFrame, facts: Mapping[str, Mapping[str, Any]]) -> pl.DataFrame:
    """Set the relative bias of every judged season beside the rises of the line.

    Parameters
    ----------
    board : DataFrame
        The leaderboard (`models.evaluation.board.SCHEMA`).
    facts : mapping of str to mapping
        By season what its model's file says of it: `RISES`, lists of new line over old line.

    Returns
    -------
    DataFrame
        `SEASON_CALIBRATION`, ascending; a rise is written as ``+4.3%`` and missing where labels were
        read as the line was.
    """
    own = board.filter(pl.col("origin") != POOLED, subgroup="all", metric="relative_bias")
    biases = {(row["origin"], row["model"]): row["value"] for row in own.iter_rows(named=True)}
    rows = [
        {
            "season": season,
            **{name: rises(of_season[name]) for name in RISES},
            "relative_bias": biases[season, MODEL],
            "relative_bias_came": biases[season, CAME],
        }
        for season, of_season in sorted(facts.items())
    ]
    return pl.DataFrame(rows, schema=SEASON_CALIBRATION)


def rises(changes: Sequence[float]) -> str | None:
    """Write by how much lines rose; None where nothing was assumed.

    Examples
    --------
    >>> rises([1.043478, 1.15]), rises([])
    ('+4.3%, +15.0%', None)
    """
    return ", ".join(f"{change - 1:+.1%}" for change in changes) or None
