"""Prefectures of other seeds, on which nothing was chosen, with every risk read by class and by one line."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
from scipy.special import expit

from models.evaluation.capacity_lists import capacity_list
from models.risk.storage import model_facts, stored_calibration
from pipelines.stages.policy_tables import cohort_to_visit, past_cohorts, visiting_of
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.training_outputs import origin_scores
from pipelines.workspace.workspace import Workspace
from studies.fairness.cohort import judged_with_truth
from studies.fairness.one_line import BY_ONE_LINE
from studies.oracle_gap.runs import run
from watchlists.visits.policies import turns_under, visited

#: The seasons that the default prefecture judges, so that the true risk of all of them is worked out.
SEASONS = ("2023Q3", "2023Q4", "2024Q1", "2024Q2", "2024Q3")
#: The risk that one line for all would give, and the list that it would deliver, duties first.
ONE_LINE_RISK, DELIVERED_BY_ONE_LINE = "one_line_risk", "delivered_by_one_line"
SEED = "seed"


@dataclass(frozen=True)
class Seed:
    """A prefecture like the one of the parameters, of another seed, whose models have lines of classes.

    Attributes
    ----------
    number : int
        The seed.
    """

    number: int

    def params(self, params: Parameters) -> Parameters:
        """Give the parameters of its run."""
        changed = {"seed": self.number, "risk_seasons": SEASONS}
        lines = params.model.class_lines.model_copy(update={"by": "size_and_age"})
        return params.model_copy(
            update={
                "simulator": params.simulator.model_copy(update=changed),
                "model": params.model.model_copy(update={"class_lines": lines}),
            }
        )


def judged_of_seed(number: int, folder: Path, params: Parameters) -> pl.DataFrame:
    """Run a prefecture up to its models, and read every judged household's risk both ways.

    Parameters
    ----------
    number : int
        The seed.
    folder : Path
        Of its workspace; what was run there with the same parameters is kept.
    params : Parameters
        Of the folder the study stands in.

    Returns
    -------
    DataFrame
        From `read_both_ways`, with `SEED`.
    """
    used = run(Seed(number), folder, params)
    return read_both_ways(Workspace(folder), used).with_columns(pl.lit(number).alias(SEED))


def read_both_ways(workspace: Workspace, params: Parameters) -> pl.DataFrame:
    """Add to judged households what one line for all would give them, by the very same trees.

    A season's models that trained with ``model.class_lines.by: none`` are these to the bit (ADR 27), so
    nothing is trained again.

    Returns
    -------
    DataFrame
        `studies.fairness.cohort.judged_with_truth` with `ONE_LINE_RISK`, `BY_ONE_LINE` and
        `DELIVERED_BY_ONE_LINE`: how much of the row is listed by risk alone, and as delivered.
    """
    risks = one_line_risks(workspace)
    lists = delivered_by_one_line(workspace, params, risks)
    keys = ["origin", "household_id"]
    rows = judged_with_truth(workspace, params)
    rows = rows.join(risks, on=keys, validate="1:1").join(lists, on=keys, validate="1:1").sort(keys)
    return rows.with_columns(pl.Series(BY_ONE_LINE, capacity_list(rows, ONE_LINE_RISK).now.mean))


def one_line_risks(workspace: Workspace) -> pl.DataFrame:
    """Read the log-odds of the kind that each season chose through its one calibration alone.

    Returns
    -------
    DataFrame
        ``origin, household_id`` and `ONE_LINE_RISK`, of every household scored.
    """
    parts = []
    for season, scores in origin_scores(workspace).items():
        folder = workspace.origins / season
        unread = scores[str(model_facts(folder)["kind"])].to_numpy()
        risk = pl.Series(ONE_LINE_RISK, expit(stored_calibration(folder).margin(unread)))
        parts.append(scores.select(pl.lit(season).alias("origin"), "household_id", risk))
    return pl.concat(parts)


def delivered_by_one_line(workspace: Workspace, params: Parameters, risks: pl.DataFrame) -> pl.DataFrame:
    """Deliver every judged season's list anew by those risks, with the duties and visits in force.

    Returns
    -------
    DataFrame
        ``origin, household_id`` and `DELIVERED_BY_ONE_LINE`, 1 where listed.
    """
    visiting, parts = visiting_of(params.watchlist), []
    read = risks.with_columns(risk=ONE_LINE_RISK, score=ONE_LINE_RISK)
    for season, past in past_cohorts(workspace).items():
        rows = past.drop("risk", "score").join(read.filter(origin=season), on="household_id", validate="1:1")
        turns = turns_under("list", cohort_to_visit(workspace, season, rows, visiting), visiting)
        listed = visited().cast(pl.Float64).alias(DELIVERED_BY_ONE_LINE)
        parts.append(turns.select(pl.lit(season).alias("origin"), "household_id", listed))
    return pl.concat(parts)
