"""What groups of the population get of the delivered list: where a survey gives its households weights."""

from collections.abc import Mapping
from typing import Any

from watchlists.report.answers import group_name
from watchlists.report.cells import Section, cell, of_row, parted
from watchlists.report.published_evaluation import PublishedEvaluation, percent

#: Figures told, of those that are weighed: what a group gets, and what it gets beside all others.
COLUMNS = {
    "base_rate": ("基础比例", "base rate"),
    "recall_at_capacity": ("召回率", "recall (true positive rate)"),
    "recall_gap": ("召回率差（百分点）", "recall gap, points"),
    "omission_rate": ("未列户漏评率", "omission (false omission rate)"),
}


def weighted_group_section(evaluation: PublishedEvaluation) -> Section | None:
    """Set what groups get, weighted to the population, beside what those of the households asked get.

    Returns
    -------
    dict or None
        ``columns, rows``, two columns a figure of `COLUMNS`, every household once and weighted, with 95 %
        intervals; who merely lacks a trait has no row. None where no household has a weight, or no
        group may be compared.
    """
    table = evaluation.tables.get("weighted_groups")
    if table is None or not len(table):
        return None
    groups = table.partition_by("group", "value", maintain_order=True)
    return {
        "columns": [words for name in COLUMNS for words in _both(name)],
        "rows": [_line(one.to_dicts()) for one in groups if one["value"][0] != "no"],
    }


def _both(name: str) -> tuple[tuple[str, str], ...]:
    zh, en = COLUMNS[name]
    return (zh, en), (f"{zh}，加权", f"{en}, weighted")


def _line(rows: list[dict[str, Any]]) -> dict[str, Any]:
    by_figure = {row["figure"]: row for row in rows}
    cells = [_cell(by_figure[name], side) for name in COLUMNS for side in ("once", "weighted")]
    return {"name": group_name(rows[0]), "cells": cells}


def _cell(row: Mapping[str, Any], side: str) -> tuple[str, ...]:
    known = of_row(row, side)
    return cell(known, 1) if row["figure"].endswith("_gap") else parted(percent(known))
