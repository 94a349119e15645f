"""What the model would say if help ended: a trial inside the model, and never a reason to end help.

Help goes to those in trouble, so a register shows who needed it more than what it does. Which trials
are told is decided in `models.attribution.ending_support`.
"""

from dataclasses import replace
from datetime import date

import pandas as pd
import polars as pl

from features.declaration import declared_features
from features.engine import build_features
from models.attribution.ending_support import ENDED
from models.labels.help_given import measures_running
from models.risk.model import RiskModel
from register.shard import Shard


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
    helped = helped_at(shard, day, pl.Series(frame.index.get_level_values(0), dtype=pl.String))
    parts = [pl.DataFrame(schema=ENDED)]
    for (measure,), of_measure in helped.group_by("measure", maintain_order=True):
        rows = frame.loc[of_measure["household_id"].to_list()]
        own = _of_households(shard, of_measure["household_id"])
        ended = _rebuilt(rows, with_measure_ended(own, day, str(measure)), day, resources_months)
        risks = {"risk": model.predict_proba(rows)[:, 1], "risk_ended": model.predict_proba(ended)[:, 1]}
        parts.append(of_measure.with_columns(**{name: pl.Series(one) for name, one in risks.items()}))
    return pl.concat(parts)


def helped_at(shard: Shard, day: date, ids: pl.Series) -> pl.DataFrame:
    """Give ``household_id, measure`` of every measure in force for some households, by measure."""
    running = measures_running(shard, day, day).select("household_id", "measure").unique()
    return running.filter(pl.col("household_id").is_in(ids.implode())).sort("measure", "household_id")


def untried(shard: Shard, day: date, scored: pl.DataFrame) -> pl.DataFrame:
    """Give what `risk_with_help_ended` does without trying anything: ``risk_ended`` is missing.

    Parameters
    ----------
    shard : Shard
        One county.
    day : date
        As-of date.
    scored : DataFrame
        ``household_id, risk`` of the county's cohort.
    """
    helped = helped_at(shard, day, scored["household_id"])
    risks = helped.join(scored, on="household_id", how="left", maintain_order="left")
    return risks.select("household_id", "measure", "risk", pl.lit(None, pl.Float64).alias("risk_ended"))


def _of_households(shard: Shard, ids: pl.Series) -> Shard:
    """Keep what is recorded of some households: features over assistance look at no other."""
    own = pl.col("household_id").is_in(ids.implode())
    tables = {
        name: table.filter(own) if "household_id" in table.columns else table
        for name, table in shard.tables.items()
    }
    return replace(shard, tables=tables)


def _rebuilt(rows: pd.DataFrame, shard: Shard, day: date, resources_months: int) -> pd.DataFrame:
    over = [one for one in declared_features() if one.over == "assistance" and one.name in rows.columns]
    built = build_features(shard, [day], resources_months, over)
    ids = pl.DataFrame({"household_id": pl.Series(rows.index.get_level_values(0), dtype=pl.String)})
    anew = ids.join(built, on="household_id", how="left", maintain_order="left")
    return rows.assign(**{one.name: anew[one.name].cast(pl.Float64).to_numpy() for one in over})
