"""The evaluation report: one page with figures, intervals, denominators and pictures."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from register.atomic import write_text
from watchlists.pages import plots
from watchlists.pages.pages import drawing, page
from watchlists.report.answers import answers
from watchlists.report.cover import cover_section
from watchlists.report.delivered import first_screen, is_by_risk_alone, promises
from watchlists.report.duties import ceilings_table, price, rules_table
from watchlists.report.ending_help import ending_help_section
from watchlists.report.figure_words import UNKNOWN
from watchlists.report.groups import group_section
from watchlists.report.help import help_section
from watchlists.report.hidden_poor import hidden_poor
from watchlists.report.list_section import Delivered, list_section
from watchlists.report.parameters import ReportParameters
from watchlists.report.published_evaluation import PublishedEvaluation, count
from watchlists.report.regimes import regime_section
from watchlists.report.seasons import (
    calibration_section,
    censored_table,
    complete_tables,
    lead_section,
    season_section,
)
from watchlists.report.shadow_section import shadow_section
from watchlists.report.tables import capacity_section, leaderboard_section
from watchlists.report.weighted import weighted_section
from watchlists.report.weighted_groups import weighted_group_section
from watchlists.visits.policies import POLICIES


def write_report(
    target: Path, evaluation: PublishedEvaluation, delivered: Delivered, params: ReportParameters
) -> None:
    """Write ``report.html``.

    Parameters
    ----------
    target : Path
        The page.
    evaluation : PublishedEvaluation
        What evaluate found.
    delivered : Delivered
        The list of the season.
    params : ReportParameters
        All parameters; the sections source, label, cohort, evaluate and hindsight are told.
    """
    summary, gates = delivered.summary, params.promotion
    simulated = params.source.kind == "simulator"
    values = list_section(delivered, params) | {
        "headline": first_screen(evaluation),
        "promises": promises(evaluation),
        "by_risk_alone": is_by_risk_alone(evaluation),
        "weighted": weighted_section(evaluation),
        "hidden": hidden_poor().sentence if simulated and not evaluation.wording.is_administrative else None,
        "price": price(evaluation, params),
        "duties": rules_table(evaluation, params),
        "ceilings": ceilings_table(evaluation),
        "cover": cover_section(delivered.visits["cover"]),
        "answers": answers(
            evaluation, delivered.visits["policies"], delivered.naming, params, simulated=simulated
        ),
        "boards": leaderboard_section(evaluation),
        "capacity": capacity_section(evaluation),
        "calibration": calibration_section(evaluation, gates.bias),
        "seasons": season_section(evaluation),
        "groups": group_section(evaluation, gates.group_gap),
        "weighted_groups": weighted_group_section(evaluation),
        "lead": lead_section(evaluation),
        "censored": censored_table(evaluation),
        "help": help_section(evaluation),
        "ending": ending_help_section(delivered.ending),
        "regimes": regime_section(evaluation),
        "reasons": [UNKNOWN[one] for one in params.label.censored],
        "told": evaluation.wording,
        "shadow": shadow_section(delivered.hindsight),
        "visits": drawing(
            plots.cases_found(delivered.visits["found"], summary["season"], evaluation.wording.of)
        ),
        "legend": plots.policy_legend(delivered.visits["found"]),
        "policies": _policies(delivered.visits["policies"]),
        "complete": complete_tables(evaluation),
    }
    write_text(target, page("report.html", values))


def _policies(judged: pl.DataFrame) -> list[dict[str, Any]]:
    """Set every way to spend the visits beside the list, each season and pooled."""
    return [
        {
            **row,
            "found": count(row["found"]),
            "zh": POLICIES[row["policy"]][0],
            "en": POLICIES[row["policy"]][1],
            "precision": _bounded(row, "precision", 1, 100),
            "recall": _bounded(row, "recall", 1, 100),
            "more_found": "" if row["policy"] == "list" else _bounded(row, "more_found", 0, 1),
        }
        for row in judged.iter_rows(named=True)
    ]


def _bounded(row: Mapping[str, Any], name: str, digits: int, times: int) -> str:
    values = [row[name], row[f"{name}_low"], row[f"{name}_high"]]
    if any(value is None for value in values):
        return "–"
    value, low, high = (f"{times * one:.{digits}f}".replace("-", "−") for one in values)
    return f"{value} [{low}, {high}]"
