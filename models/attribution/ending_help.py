"""What the model would say if help ended: a trial inside the model, and never a reason to end help.

Help goes to those in trouble, so a register shows who needed it more than what it does. A trial is
told only where enough households like it were seen without the measure, and where the model says of
the measure what ending help can do: raise the risk.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import polars as pl

from features.declaration import declared_features
from features.engine import build_features
from models.labels.help_given import measures_running
from models.risk.model import RiskModel
from register.shard import Shard

#: Edges of the bands of risk within which households are alike (project).
BANDS = (0.01, 0.02, 0.05, 0.1, 0.2)
#: Households like it that must be seen without the measure before a figure is told (project).
LEAST_WITHOUT = 50
#: Whether a trial is told: it is; too few were seen without; the model says what help cannot do.
SUPPORTED, FEW, CONTRADICTS = "told", "few", "contradicts"
ENDED = {
    "household_id": pl.String(),
    "measure": pl.String(),
    "risk": pl.Float64(),
    "risk_ended": pl.Float64(),
}

#: Of every household of the cohort: what tells whom it is like.
ALIKE = {"household_id": pl.String(), "is_return": pl.Boolean(), "risk": pl.Float64()}


def with_measure_ended(shard: Shard, day: date, measure: str) -> Shard:
    """Give the register with every record of a measure that runs on a day ended on it.

    Parameters
    ----------
    shard : Shard
        One county; it stays as it is.
    day : date
        A measure runs until the day before its ``ended_on``.
    measure : str
        Its group (register/reference/measures.yaml).
    """
    runs = (pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.lit(day))) & (
        pl.col("started_on") <= pl.lit(day)
    )
    ends = pl.when(runs & (pl.col("measure") == measure)).then(pl.lit(day)).otherwise("ended_on")
    assistance = shard.tables["assistance"].with_columns(ends.alias("ended_on"))
    return replace(shard, tables={**shard.tables, "assistance": assistance})


def risk_with_help_ended(
    model: RiskModel, frame: pd.DataFrame, shard: Shard, day: date, resources_months: int
) -> pl.DataFrame:
    """Score households under help again, with each measure's records ended at the date.

    The features over the register's table of assistance are built anew; what was paid until the
    date stays paid, and stays in the resources.

    Parameters
    ----------
    model : RiskModel
        Fitted and calibrated.
    frame : pandas.DataFrame, shape (n_households, n_features)
        A county's cohort at `day` as the model wants it, indexed by household and date.
    shard : Shard
        The county's register.
    day : date
        As-of date.
    resources_months : int
        Months of resources that are compared with the line.

    Returns
    -------
    DataFrame
        ``household_id, measure, risk, risk_ended``, one row a household and measure in force, by
        measure and household; no row where nothing runs.
    """
    ids = pl.Series("household_id", frame.index.get_level_values(0), dtype=pl.String)
    running = measures_running(shard, day, day).select("household_id", "measure").unique()
    helped = running.filter(pl.col("household_id").is_in(ids.implode())).sort("measure", "household_id")
    parts = [pl.DataFrame(schema=ENDED)]
    for (measure,), of_measure in helped.group_by("measure", maintain_order=True):
        rows = frame.loc[of_measure["household_id"].to_list()]
        ended = _rebuilt(rows, with_measure_ended(shard, day, str(measure)), day, resources_months)
        risks = {"risk": model.predict_proba(rows)[:, 1], "risk_ended": model.predict_proba(ended)[:, 1]}
        parts.append(of_measure.with_columns(**{name: pl.Series(one) for name, one in risks.items()}))
    return pl.concat(parts)


def _rebuilt(rows: pd.DataFrame, shard: Shard, day: date, resources_months: int) -> pd.DataFrame:
    over = [one for one in declared_features() if one.over == "assistance" and one.name in rows.columns]
    built = build_features(shard, [day], resources_months, over)
    ids = pl.DataFrame({"household_id": pl.Series(rows.index.get_level_values(0), dtype=pl.String)})
    anew = ids.join(built, on="household_id", how="left", maintain_order="left")
    return rows.assign(**{one.name: anew[one.name].cast(pl.Float64).to_numpy() for one in over})


def with_support(ended: pl.DataFrame, cohort: pl.DataFrame) -> pl.DataFrame:
    """Count for each trial the households like it without the measure, and say whether it is told.

    Like it is a household of the cohort at the same date in the same group (formerly registered
    poor or not) and the same band of risk (`BANDS`).

    Parameters
    ----------
    ended : DataFrame
        `risk_with_help_ended` of all counties.
    cohort : DataFrame
        ``household_id, is_return, risk`` of all counties at the date.

    Returns
    -------
    DataFrame
        `ended` with ``n_without`` and ``standing`` (`SUPPORTED`, `FEW`, `CONTRADICTS`): a trial
        contradicts where the risk falls as help ends, its own or the mean of its measure.
    """
    alike = ["is_return", "band"]
    placed = cohort.select("household_id", "is_return", _band(cohort["risk"].to_numpy()))
    all_alike = placed.group_by(alike).len("n_alike")
    rows = ended.join(placed, on="household_id", how="left", maintain_order="left")
    rows = rows.join(all_alike, on=alike, how="left", maintain_order="left").with_columns(
        (pl.col("n_alike") - pl.len().over("measure", *alike)).cast(pl.Int64).alias("n_without")
    )
    change = pl.col("risk_ended") - pl.col("risk")
    standing = (
        pl.when(pl.col("n_without") < LEAST_WITHOUT)
        .then(pl.lit(FEW))
        .when((change < 0) | (change.mean().over("measure") <= 0))
        .then(pl.lit(CONTRADICTS))
        .otherwise(pl.lit(SUPPORTED))
    )
    return rows.with_columns(standing.alias("standing")).drop("n_alike", *alike)


def _band(risk: Sequence[float] | np.ndarray) -> pl.Series:
    return pl.Series("band", np.searchsorted(BANDS, risk, side="right"))
