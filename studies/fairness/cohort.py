"""The judged households of the last run with their true risks, and several lists of the same visits."""

import polars as pl

from models.evaluation.board import MODEL
from models.evaluation.capacity_lists import capacity_list
from models.evaluation.listing import listing
from models.keys import KEYS
from pipelines.stages.delivered_lists import listed_of_seasons
from pipelines.stages.evaluation_rows import judged_rows
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.training_outputs import training_facts
from pipelines.workspace.workspace import Workspace
from studies.oracle.oracle import pseudonym
from studies.oracle.truth import read_truth, require_falls

#: Lists of as many visits, each undoing one choice of the one before.
DELIVERED, BY_RISK, ANYWHERE, BY_TRUTH = "delivered", "by_risk", "anywhere", "by_truth"
LISTS = (DELIVERED, BY_RISK, ANYWHERE, BY_TRUTH)
#: The true risk of a recorded fall, and of a fall, recorded or not (`simulator.futures.true_risk`).
TOLD_RISK, TRUE_RISK = "told_risk", "risk"


def judged_with_truth(workspace: Workspace, params: Parameters) -> pl.DataFrame:
    """Join every judged household with its true risk, and say on which lists it stands.

    Returns
    -------
    DataFrame
        Rows of `pipelines.stages.evaluation_rows.judged_rows` that stand in the truth, with
        `TOLD_RISK`, `TRUE_RISK` and a column of `LISTS` each: how much of the row is listed.

    Raises
    ------
    ParamsError
        When the run is of a label the truth does not tell of.
    StoreError
        When its source has no truth.
    """
    require_falls(training_facts(workspace)["label"])
    risk = read_truth(workspace.truth, "risk", pseudonym(workspace))
    judged = judged_rows(workspace, params).join(risk, on=list(KEYS))
    flags = listed_of_seasons(workspace, params).select("origin", "household_id", "is_listed")
    rows = judged.join(flags, on=["origin", "household_id"], validate="1:1").sort("origin", "household_id")
    return with_lists(rows)


def with_lists(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the lists: as delivered; by risk alone; the same visits wherever the risk is; by true risk.

    Examples
    --------
    >>> from tests.models.listed_rows import listed
    >>> with_lists(listed().with_columns(told_risk="risk_model")).select(LISTS).sum().row(0)
    (240.0, 240.0, 240.0, 240.0)
    """
    label = rows["label"].fill_null(value=False).cast(pl.Int64).to_numpy()
    season = rows["origin"].rank("dense").cast(pl.Int64).to_numpy()
    by_risk = capacity_list(rows, MODEL).now.mean
    made = rows.select("origin", pl.Series("listed", by_risk))
    visits = made.select(pl.col("listed").sum().over("origin")).to_series().to_numpy()
    return rows.with_columns(
        pl.col("is_listed").cast(pl.Float64).alias(DELIVERED),
        pl.Series(BY_RISK, by_risk),
        pl.Series(ANYWHERE, listing(rows[MODEL].to_numpy(), label, season, visits).mean),
        pl.Series(BY_TRUTH, capacity_list(rows, TOLD_RISK).now.mean),
    )
