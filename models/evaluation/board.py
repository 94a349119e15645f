"""The leaderboard as a table: its columns, and how it is read again."""

from pathlib import Path

import polars as pl

MODEL = "risk_model"
#: The model's risk read for the rise of the line that came, beside `MODEL`, read for the rise assumed.
CAME = "risk_came"
SUBGROUPS = ("all", "return")

#: ``compared_with`` is missing but for paired differences, ``list`` where a metric is of none.
SCHEMA = {
    "origin": pl.String(),
    "subgroup": pl.String(),
    "model": pl.String(),
    "compared_with": pl.String(),
    "metric": pl.String(),
    "list": pl.String(),
    "ties": pl.String(),
    "value": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "n": pl.Int64(),
    "n_positive": pl.Int64(),
}


def read_board(path: Path) -> pl.DataFrame:
    """Read ``leaderboard.csv``."""
    return pl.read_csv(path, schema=SCHEMA)
