"""The list of the season as every report tells it: counts, who left, lines, past lists, visits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from watchlists.label_wording import label_seen_in
from watchlists.line_words import UNKNOWN_LINE, line_used
from watchlists.release.past_lists import Hindsight
from watchlists.report.lookbacks import lookback_section
from watchlists.report.naming import Naming
from watchlists.report.off_list import off_list_section
from watchlists.report.parameters import ReportParameters
from watchlists.report.past_lists import hindsight_section
from watchlists.report.published_evaluation import count
from watchlists.report.rises import rise_section
from watchlists.visits.change import WHY_LEFT


@dataclass(frozen=True)
class Delivered:
    """What is delivered beside the evaluation.

    Attributes
    ----------
    summary : mapping
        Counts of the watchlist.
    gone : DataFrame
        Who left the list and why.
    visits : mapping of str to DataFrame
        ``found``, ``policies``, ``missed`` and ``cover`` (watchlists.visits.policy_evaluation).
    hindsight : Hindsight
        What is known by now of past lists.
    naming : Naming or None
        How often causes are named and true; None under a published order.
    ending : DataFrame or None
        What the model would say if help ended (`models.attribution.ending_help`).
    """

    summary: Mapping[str, Any]
    gone: pl.DataFrame
    visits: Mapping[str, pl.DataFrame]
    hindsight: Hindsight
    naming: Naming | None
    ending: pl.DataFrame | None = None


def list_section(delivered: Delivered, params: ReportParameters) -> dict[str, Any]:
    """Give the values of a report that do not depend on whether a model was judged."""
    summary = delivered.summary
    return {
        "summary": summary,
        "counts": {name: _counted(number) for name, number in summary.items() if isinstance(number, int)},
        "simulated": params.source.kind == "simulator",
        "lines": sorted({line_used(one) for one in summary["lines"].values()}) or [UNKNOWN_LINE],
        "rises": rise_section(summary["line_rises"], summary["line_changes"]),
        "label_seen": label_seen_in(summary["label_seen_in"]),
        "params": params,
        "why_left": _why_left(delivered.gone),
        "hindsight": hindsight_section(delivered.hindsight, params.hindsight.drift),
        "lookbacks": lookback_section(delivered.hindsight),
        "off_list": off_list_section(delivered.hindsight),
    }


def _counted(number: int) -> str:
    """Write a count of the list; nobody is no secret."""
    return count(number) if number else "0"


def _why_left(gone: pl.DataFrame) -> list[tuple[str, str, str, str]]:
    """Count by reason who left, and who of them although no fact improved."""
    reasons, unimproved = gone["why_left"].to_list(), gone.filter("is_unimproved")["why_left"].to_list()
    return [
        (
            zh,
            en,
            count(reasons.count(reason)),
            count(unimproved.count(reason)) if reason in unimproved else "",
        )
        for reason, (zh, en) in WHY_LEFT.items()
        if reason in reasons
    ]
