"""How far risks for each rise lie from what came true under it."""

from collections.abc import Iterable

import numpy as np
import polars as pl

from models.evaluation.parameters import EvaluateParameters
from models.figures import Figure
from models.names import POOLED
from models.resampling import Resampling, with_bounds


def judged_rises(seasons: Iterable[pl.DataFrame], params: EvaluateParameters) -> pl.DataFrame:
    """Judge every season, and all together, for each rise.

    Parameters
    ----------
    seasons : iterable of DataFrame
        From `studies.line_rises.seasons.read_seasons`.
    params : EvaluateParameters
        Resamples and seed of the bootstrap of villages.

    Returns
    -------
    DataFrame
        ``season, rise, assumed, came, n, fell, risk, more`` with ``more_low, more_high``: shares, and
        how much more was promised than came true, as a share of that.
    """
    rows = pl.concat(seasons)
    pooled = rows.with_columns(
        pl.lit(POOLED).alias("season"),
        *(pl.lit(None, pl.Float64).alias(name) for name in ("assumed", "came")),
    )
    groups = pl.concat([rows, pooled]).group_by("season", "rise", "assumed", "came", maintain_order=True)
    return pl.DataFrame(
        [
            dict(zip(("season", "rise", "assumed", "came"), key, strict=True)) | _judged(part, params)
            for key, part in groups
        ],
        infer_schema_length=None,
    )


def _judged(rows: pl.DataFrame, params: EvaluateParameters) -> dict[str, float | int | None]:
    fell, risk = rows["fell"].cast(pl.Float64).to_numpy(), rows["risk"].to_numpy()
    more = {"more": Figure(risk - fell, fell)}
    drawn = Resampling(rows["cluster"], params.bootstrap, params.seed)
    shares = {"n": len(rows), "fell": float(np.mean(fell)), "risk": float(np.mean(risk))}
    return shares | with_bounds(more, drawn)
