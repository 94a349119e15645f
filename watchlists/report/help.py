"""The section of the evaluation report on what help does to the figures."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from models.evaluation.help_bias import OF_GROUP
from models.evaluation.views import every_figure
from watchlists.report.cells import Section
from watchlists.report.published_evaluation import PublishedEvaluation, bounds, count, figure

HELP = {
    "none": ("没有帮扶", "no help"),
    "running": ("在享帮扶", "help running at the date"),
    "begun": ("窗口内新得帮扶", "help begun inside the window"),
}
SIDES = {
    "value": ("全部户", "all"),
    "value_without": ("去掉新得帮扶的户", "without new help"),
    "difference": ("差", "difference"),
    "value_weighted": ("加权", "weighted"),
}


def help_section(evaluation: PublishedEvaluation) -> dict[str, Section | None] | None:
    """Judge the risk by help, and tell the headline figures without those newly helped.

    Returns
    -------
    dict or None
        ``groups`` and ``figures`` for the page; None where nobody was helped. The figures are
        None where so few were helped inside the window that they could be told from them.
    """
    groups, figures = (evaluation.tables.get(name) for name in ("by_help", "without_begun_help"))
    if groups is None or figures is None or len(groups) < 2:
        return None
    happened = evaluation.wording.of
    columns = [
        ("户次", "n"),
        (happened.zh, happened.past),
        *(one.words for one in OF_GROUP),
    ]
    rows = [{"name": HELP[row["help"]], "cells": _of_group(row)} for row in groups.iter_rows(named=True)]
    figure_rows = [
        {"name": every_figure()[row["metric"]].words, "cells": [_cell(row, side) for side in SIDES]}
        for row in figures.iter_rows(named=True)
    ]
    return {
        "groups": {"columns": columns, "rows": rows},
        "figures": {"columns": list(SIDES.values()), "rows": figure_rows} if _is_shown(groups) else None,
    }


def _is_shown(groups: pl.DataFrame) -> bool:
    return groups.filter(pl.col("help") == "begun", pl.col("base_rate").is_not_null()).height == 1


def _of_group(row: Mapping[str, Any]) -> list[tuple[str, ...]]:
    counts = ["–" if row[name] is None else count(row[name]) for name in ("n", "n_positive")]
    return [*((one,) for one in counts), *(_cell(row, one.name) for one in OF_GROUP)]


def _cell(row: Mapping[str, Any], name: str) -> tuple[str, str]:
    ends = {"value": row[name], "low": row[f"{name}_low"], "high": row[f"{name}_high"]}
    return figure(ends), bounds(ends)
