"""The section on groups: whom the list finds too few of, how sure that is, what to do about it."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from watchlists.pages import plots
from watchlists.pages.pages import drawing
from watchlists.report.answers import group_name, groups_behind
from watchlists.report.cells import parted
from watchlists.report.figure_words import GROUPS, REMEDIES, words_of
from watchlists.report.published_evaluation import PublishedEvaluation, count, figure, percent
from watchlists.visits.groups import HARD_GROUPS

COLUMNS = (
    ("基础比例", "base rate"),
    ("平均风险", "mean risk"),
    ("偏差", "bias"),
    ("斜率", "slope"),
    ("入列率", "selection rate"),
    ("命中率", "precision"),
    ("召回率", "recall (true positive rate)"),
    ("漏测率", "exclusion (false negative rate)"),
    ("召回率差（百分点）", "recall gap, points"),
    ("按风险应有的差", "gap expected from the risks"),
)


def group_section(evaluation: PublishedEvaluation, gap: float) -> dict[str, Any] | None:
    """Audit the list by group.

    Parameters
    ----------
    evaluation : PublishedEvaluation
        With the tables ``groups`` and ``group_differences``.
    gap : float
        Allowed difference of recall, share.

    Returns
    -------
    dict or None
        For the page; None where nobody could be compared.
    """
    groups = evaluation.tables.get("groups")
    if groups is None or not len(groups):
        return None
    known = groups.drop_nulls("recall_gap").filter(pl.col("value") != "no").to_dicts()  # no mirrors yes
    behind = groups_behind(groups, gap)
    drawn = [
        (group_name(row)[0], row["recall_gap"], row["recall_gap_low"], row["recall_gap_high"])
        for row in known
    ]
    label = "召回率差，百分点 recall gap, points"
    return {
        "columns": (("户次", "n"), (evaluation.wording.of.zh, evaluation.wording.of.past), *COLUMNS),
        "rows": [_row(row) for row in groups.iter_rows(named=True)],
        "picture": drawing(plots.intervals(drawn, label, 0, [group_name(row)[0] for row in behind]))
        if drawn
        else None,
        "behind": [_behind(row) for row in behind],
        "differences": _differences(evaluation.tables.get("group_differences")),
        "gap": f"{100 * gap:g}",
    }


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    recall = {"value": row["recall_at_capacity"], "low": row["recall_low"], "high": row["recall_high"]}
    points = {"value": row["recall_gap"], "low": row["recall_gap_low"], "high": row["recall_gap_high"]}
    plain = [
        figure({"value": row[name]}) for name in ("base_rate", "mean_risk", "bias", "slope", "selection_rate")
    ]
    recall_cells = [
        parted(percent(recall)),
        (figure({"value": row["exclusion_error"]}), ""),
        parted(_points(points)),
    ]
    precision = figure({"value": row["precision_at_capacity"]})
    counts = [count(row["n"]), count(row["n_positive"])]
    cells = [*((one, "") for one in (*counts, *plain, precision)), *recall_cells, (_expected(row), "")]
    return {"name": group_name(row), "cells": cells}


def _behind(row: Mapping[str, Any]) -> dict[str, Any]:
    points = {"value": row["recall_gap"], "low": row["recall_gap_low"], "high": row["recall_gap_high"]}
    remedy = "cover" if row["group"] in HARD_GROUPS else str(row["value"])
    zh, en = group_name(row)
    words = REMEDIES.get(remedy, REMEDIES[""])
    return {"zh": zh, "en": en, "gap": _points(points), "expected": _expected(row), "remedy": words}


def _expected(row: Mapping[str, Any]) -> str:
    return figure({"value": row["recall_gap_expected"]}, 1)


def _differences(table: pl.DataFrame | None) -> dict[str, Any] | None:
    if table is None:
        return None
    names = [name for name in table.columns if name != "group"]
    zh = ("入列率差", "召回率差", "误报率差", "均等机会差")
    rows = [
        {
            "name": words_of(GROUPS, row["group"]),
            "cells": [(figure({"value": row[name]}), "") for name in names],
        }
        for row in table.iter_rows(named=True)
    ]
    return {
        "columns": [(one, name.replace("_", " ")) for one, name in zip(zh, names, strict=True)],
        "rows": rows,
    }


def _points(row: Mapping[str, Any]) -> str:
    shares = {name: None if value is None else value / 100 for name, value in row.items()}
    return percent(shares).replace("%", "")
