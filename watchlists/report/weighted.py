"""What the first screen says, weighted to the population: where a survey gives its households weights."""

from collections.abc import Mapping
from typing import Any

from models.evaluation.board import MODEL
from models.evaluation.views import every_figure
from models.names import POOLED
from watchlists.label_wording import Words
from watchlists.report.cells import Section, cell, of_row
from watchlists.report.delivered import of_list
from watchlists.report.published_evaluation import PublishedEvaluation, count

COLUMNS = (("每户算一次", "every household once"), ("加权到总体", "weighted to the population"))
#: Figures of the delivered list; the others are of the risks.
OF_LIST: Mapping[str, Words] = {
    "precision": ("名单命中率", "precision of the list"),
    "recall": ("名单召回率", "recall of the list"),
}


def weighted_section(evaluation: PublishedEvaluation) -> Section | None:
    """Set the pooled figures weighted to the population beside those of the households asked.

    Returns
    -------
    dict or None
        ``columns, rows``, and ``n_weighted`` and ``n`` as they may be published; None where no household
        has a weight. A figure that is not published of the households is not published weighted.
    """
    table = evaluation.tables.get("weighted")
    if table is None:
        return None
    pooled = table.filter(origin=POOLED).to_dicts()
    rows = [row for row in pooled if _is_published(evaluation, row["figure"])]
    return {
        "columns": COLUMNS,
        "rows": [{"name": _words(row["figure"]), "cells": _cells(row)} for row in rows],
        **{name: count(pooled[0][name] if pooled else None) for name in ("n_weighted", "n")},
    }


def _is_published(evaluation: PublishedEvaluation, name: str) -> bool:
    known = of_list(evaluation, name) if name in OF_LIST else evaluation.row(every_figure()[name], MODEL)
    return known["value"] is not None


def _words(name: str) -> Words:
    return OF_LIST.get(name) or every_figure()[name].words


def _cells(row: Mapping[str, Any]) -> list[tuple[str, ...]]:
    return [cell(of_row(row, side)) for side in ("value", "weighted")]
