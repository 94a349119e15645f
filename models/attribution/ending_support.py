"""Which trials of ending help are told: those of measures whose end surely raises the risk of the model.

Ending help can only raise the risk. Where the mean over all households under a measure is not surely
above 0, the register shows who needed the measure and not what it does, and no figure is told.
"""

import numpy as np
import polars as pl

from models.arrays import Floats
from models.attribution.parameters import EndingHelpParameters
from models.figures import Figure
from models.resampling import Bootstrap, Resampling, interval

#: Whether a trial is told: it is; too few were seen without; it cannot be read off this register.
SUPPORTED, FEW, CONTRADICTS = "told", "few", "contradicts"
#: What a trial says of a household and a measure in force.
ENDED = {
    "household_id": pl.String(),
    "measure": pl.String(),
    "risk": pl.Float64(),
    "risk_ended": pl.Float64(),
}
#: Of every household of the cohort: what tells whom it is like, and what it is drawn again with.
ALIKE = {
    "household_id": pl.String(),
    "is_return": pl.Boolean(),
    "risk": pl.Float64(),
    "cluster": pl.String(),
}


def with_support(
    ended: pl.DataFrame, cohort: pl.DataFrame, rules: EndingHelpParameters, bootstrap: Bootstrap
) -> pl.DataFrame:
    """Say of each trial whether it is told, and how many like it were seen without the measure.

    Like it is a household of the cohort at the same date in the same group (formerly registered
    poor or not) and the same band of risk.

    Parameters
    ----------
    ended : DataFrame
        `ENDED` of all counties: every household tried.
    cohort : DataFrame
        `ALIKE` of all counties at the date, one row a household.
    rules : EndingHelpParameters
        Bands of risk and least counts.
    bootstrap : Bootstrap
        How often the clusters are drawn again.

    Returns
    -------
    DataFrame
        `ended` with ``n_without`` and ``standing``: `CONTRADICTS` for all of a measure that
        `measures_read` does not name, and for a household whose own risk falls; `FEW`; `SUPPORTED`.
    """
    alike = ["is_return", "band"]
    placed = cohort.with_columns(_band(cohort["risk"].to_numpy(), rules.bands))
    all_alike = placed.group_by(alike).len("n_alike")
    rows = ended.join(placed.drop("risk"), on="household_id", how="left", maintain_order="left")
    rows = rows.join(all_alike, on=alike, how="left", maintain_order="left").with_columns(
        (pl.col("n_alike") - pl.len().over("measure", *alike)).cast(pl.Int64).alias("n_without")
    )
    read = pl.col("measure").is_in(measures_read(rows, rules, bootstrap))
    standing = (
        pl.when(~read | (pl.col("risk_ended") < pl.col("risk")))
        .then(pl.lit(CONTRADICTS))
        .when(pl.col("n_without") < rules.least_without)
        .then(pl.lit(FEW))
        .otherwise(pl.lit(SUPPORTED))
    )
    return rows.with_columns(standing.alias("standing")).drop("n_alike", "cluster", *alike)


def measures_read(rows: pl.DataFrame, rules: EndingHelpParameters, bootstrap: Bootstrap) -> list[str]:
    """Name the measures whose end surely raises the mean risk of those under them.

    Parameters
    ----------
    rows : DataFrame
        ``measure, risk, risk_ended, cluster`` of every household tried.
    rules : EndingHelpParameters
        Fewer households or clusters than its ``least`` and ``least_clusters`` say nothing.
    bootstrap : Bootstrap
        How often the clusters are drawn again.

    Returns
    -------
    list of str
        Whose mean change over all households tried has a 95 % interval wholly above 0; none
        where all are withheld.
    """
    if rules.withheld:
        return []
    groups = sorted((str(key[0]), one) for key, one in rows.group_by("measure"))
    enough = [
        (measure, one)
        for measure, one in groups
        if len(one) >= rules.least and one["cluster"].n_unique() >= rules.least_clusters
    ]
    return [measure for measure, one in enough if _surely_rises(one, bootstrap)]


def _surely_rises(rows: pl.DataFrame, bootstrap: Bootstrap) -> bool:
    ordered = rows.sort("cluster", "risk", "risk_ended")
    change = (ordered["risk_ended"] - ordered["risk"]).to_numpy()
    drawn = Resampling(ordered["cluster"], bootstrap.resamples, bootstrap.seed)
    low, _ = interval(drawn.spread({"change": Figure(change, np.ones(len(change)))})["change"])
    return low is not None and low > 0


def without_withheld(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out ``risk_ended`` of every measure of which nothing is told."""
    is_told = (pl.col("standing") == SUPPORTED).any().over("measure")
    return rows.with_columns(pl.when(is_told).then("risk_ended").alias("risk_ended"))


def _band(risk: Floats, edges: tuple[float, ...]) -> pl.Series:
    return pl.Series("band", np.searchsorted(edges, risk, side="right"))
