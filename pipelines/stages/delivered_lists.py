"""The lists of past seasons as they would have been delivered, duties first, and what is judged of them."""

from collections.abc import Mapping

import polars as pl

from models.evaluation.board import MODEL
from models.evaluation.delivered_list import DELIVERED, judged_lists
from models.evaluation.duties import ceiling_prices, duty_prices
from models.evaluation.groups import audit, differences
from models.evaluation.leaderboard import models_of
from models.evaluation.weighted import has_weights, weighted_figures
from models.evaluation.weighted_groups import weighted_groups
from models.names import POOLED
from models.resampling import Bootstrap
from pipelines.stages.evaluation_rows import AUDITED
from pipelines.stages.policy_tables import cohort_to_visit, past_cohorts, visiting_of
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import Workspace, progress
from register.reference import must_visit_rules
from watchlists.visits.duty_lists import ALL_RULES, lists_with_ceilings, lists_without_duties

#: What runs are compared by, of the delivered list.
HEADLINE = ("precision", "recall", "lift", "lead_months", "promised", "promised_came", "error")


def delivered_tables(
    workspace: Workspace, params: Parameters, judged: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Judge the delivered list: as a whole, its duties, its groups.

    Parameters
    ----------
    workspace : Workspace
        With the scores of the seasons judged, and features.
    params : Parameters
        The sections evaluate and watchlist are read.
    judged : DataFrame
        From `pipelines.stages.evaluation_rows.judged_rows`.

    Returns
    -------
    dict of str to DataFrame
        ``delivered``, ``duties``, ``duty_ceilings``, ``groups`` (pooled), ``groups_by_season``,
        ``group_differences``; ``weighted`` and ``weighted_groups`` where a survey gives weights.
    """
    evaluation = params.evaluate
    bootstrap = Bootstrap(evaluation.bootstrap, evaluation.seed)
    lists = listed_of_seasons(workspace, params)
    # the visits of a place are those of the list in force, also where need shares them out; the scores of
    # other models are most of a row, and lists are made of the risk alone
    others = [name for name in models_of(judged.drop(AUDITED)) if name != MODEL]
    joined = judged.drop("visits", *others).join(lists, on=["origin", "household_id"], validate="1:1")
    # the list by risk alone gets as many visits as the delivered one
    listed = joined.with_columns(pl.col("visits") + pl.col("beside"))
    groups = audit(listed, bootstrap, evaluation.risk_bands, "is_listed")
    pooled = pl.col("origin") == POOLED
    return _weighted(listed, groups.filter(pooled), bootstrap) | {
        "delivered": judged_lists(listed, bootstrap),
        "duties": duty_prices(listed, bootstrap),
        "duty_ceilings": ceiling_prices(listed, bootstrap),
        "groups": groups.filter(pooled).drop("origin"),
        "groups_by_season": groups.filter(~pooled),
        "group_differences": differences(groups),
    }


def _weighted(listed: pl.DataFrame, groups: pl.DataFrame, bootstrap: Bootstrap) -> dict[str, pl.DataFrame]:
    """Weigh the figures to the population, where a survey gives weights."""
    if not has_weights(listed):
        return {}
    return {
        "weighted": weighted_figures(listed, bootstrap),
        "weighted_groups": weighted_groups(listed, groups, bootstrap),
    }


def listed_of_seasons(workspace: Workspace, params: Parameters) -> pl.DataFrame:
    """List every judged season as delivered, and without its duties.

    Returns
    -------
    DataFrame
        ``origin``, and what `watchlists.visits.duty_lists` gives.
    """
    visiting, codes = visiting_of(params.watchlist), [rule.code for rule in must_visit_rules()]
    parts = []
    for season, rows in progress(past_cohorts(workspace).items(), "delivered lists", "season"):
        cohort = cohort_to_visit(workspace, season, rows, visiting)
        lists = lists_without_duties(cohort, visiting, codes).join(
            lists_with_ceilings(cohort, visiting), on="household_id"
        )
        parts.append(lists.with_columns(origin=pl.lit(season)))
    return pl.concat(parts)


def headline_of_list(tables: Mapping[str, pl.DataFrame]) -> dict[str, float | int | None]:
    """Pick what people compare runs by: the delivered list, pooled, and what its duties cost."""
    delivered = tables["delivered"].filter(origin=POOLED, list=DELIVERED).row(0, named=True)
    duties = tables["duties"].filter(rule=ALL_RULES).row(0, named=True)
    ends = ("", "_low", "_high")
    figures = {f"delivered_{name}{end}": delivered[f"{name}{end}"] for name in HEADLINE for end in ends}
    figures |= {f"duties_{name}": duties[name] for name in ("visits", "found", "displaced_found")}
    return figures | {f"duties_cost{end}": duties[f"cost{end}"] for end in ends}
