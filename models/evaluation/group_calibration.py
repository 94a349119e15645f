"""How far risks are off in every group: mean risk over what came true, less one."""

import numpy as np
import polars as pl

from models.evaluation.board import CAME, MODEL
from models.evaluation.leaderboard import rows_of
from models.evaluation.metrics.risk import Risks, relative_bias
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, with_bounds

#: By reading of the risk: for the rise of the line that came, and for the rise assumed.
READINGS = {"relative_bias_came": CAME, "relative_bias": MODEL}
GROUP_CALIBRATION = {
    "group": pl.String(),
    "value": pl.String(),
    "n": pl.Int64(),
    "n_positive": pl.Int64(),
    **{f"{name}{end}": pl.Float64() for name in READINGS for end in ("", "_low", "_high")},
}


def group_calibration(judged: pl.DataFrame, audited: pl.DataFrame, bootstrap: Bootstrap) -> pl.DataFrame:
    """Measure the relative bias of both readings in every group whose rates may be told.

    Parameters
    ----------
    judged : DataFrame
        As `models.evaluation.groups.audit` wants it, with `CAME`.
    audited : DataFrame
        The pooled audit by group: ``group, value, n_positive, base_rate``, missing where they would tell
        a small count. What it hides is not measured here either.
    bootstrap : Bootstrap
        Draws of clusters.

    Returns
    -------
    DataFrame
        `GROUP_CALIBRATION`, all judged seasons pooled, six decimals.
    """
    disclosed = audited.drop_nulls(["n_positive", "base_rate"]).select("group", "value")
    read = judged.select("cluster", "label", *READINGS.values(), *disclosed["group"].unique())
    rows = read[rows_of(judged, (POOLED, "all"))]
    lines = [
        {"group": group, "value": value, **_measured(rows.filter(pl.col(group) == value), bootstrap)}
        for group, value in disclosed.iter_rows()
    ]
    return pl.DataFrame(lines, schema=GROUP_CALIBRATION)


def _measured(rows: pl.DataFrame, bootstrap: Bootstrap) -> dict[str, float | None]:
    label = rows["label"].cast(pl.Int64).to_numpy().astype(np.int64)
    figures = {name: relative_bias(Risks(rows[score].to_numpy(), label)) for name, score in READINGS.items()}
    drawn = Resampling(rows["cluster"], bootstrap.resamples, bootstrap.seed)
    return {"n": len(rows), "n_positive": int(label.sum()), **with_bounds(figures, drawn)}
