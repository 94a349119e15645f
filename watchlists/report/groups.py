"""The section on groups: whom the list finds too few of, how sure that is, what to do about it."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from watchlists.pages import plots
from watchlists.pages.pages import drawing
from watchlists.report.answers import group_name, groups_behind
from watchlists.report.cells import of_row, parted
from watchlists.report.figure_words import GROUPS, REMEDIES, words_of
from watchlists.report.published_evaluation import PublishedEvaluation, count, figure, percent
from watchlists.visits.groups import HARD_GROUPS

DELIVERED = (
    ("入列率", "selection rate"),
    ("命中率", "precision"),
    ("召回率", "recall (true positive rate)"),
    ("召回率差（百分点）", "recall gap, points"),
    ("未列户漏评率", "omission (false omission rate)"),
    ("漏评率差（百分点）", "omission gap, points"),
    ("同等风险入列差（百分点）", "listed at equal risk, gap in points"),
)
BY_RISK = (
    ("基础比例", "base rate"),
    ("平均风险", "mean risk"),
    ("偏差", "bias"),
    ("斜率", "slope"),
    ("入列率", "selection rate"),
    ("命中率", "precision"),
    ("召回率", "recall (true positive rate)"),
    ("召回率差（百分点）", "recall gap, points"),
    ("同等风险入列差（百分点）", "listed at equal risk, gap in points"),
)
Row = Mapping[str, Any]
#: Groups of the audit that visits can be reserved for, by the hard group's name.
RESERVABLE = {**{name: name for name in HARD_GROUPS}, "household_size:4-5": "four_or_more"}


def group_section(evaluation: PublishedEvaluation, gap: float) -> dict[str, Any] | None:
    """Audit the delivered list by group, and the list by risk alone behind it.

    Parameters
    ----------
    evaluation : PublishedEvaluation
        With the tables ``groups`` (of the delivered list), ``groups_by_risk`` and ``group_differences``.
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
    first = (("户次", "n"), (evaluation.wording.of.zh, evaluation.wording.of.past))
    by_risk = evaluation.tables["groups_by_risk"].iter_rows(named=True)
    return {
        "columns": (*first, *DELIVERED),
        "rows": [_line(row, _delivered(row)) for row in groups.iter_rows(named=True)],
        "by_risk": {"columns": (*first, *BY_RISK), "rows": [_line(row, _by_risk(row)) for row in by_risk]},
        "picture": drawing(plots.intervals(drawn, label, 0, [group_name(row)[0] for row in behind]))
        if drawn
        else None,
        "behind": [_behind(row) for row in behind],
        "differences": _differences(evaluation.tables.get("group_differences")),
        "gap": f"{100 * gap:g}",
    }


def _line(row: Row, cells: list[tuple[str, ...]]) -> dict[str, Any]:
    return {"name": group_name(row), "cells": [(count(row["n"]),), (count(row["n_positive"]),), *cells]}


def _delivered(row: Row) -> list[tuple[str, ...]]:
    return [
        _plain(row, "selection_rate"),
        _plain(row, "precision_at_capacity"),
        parted(percent(_recall(row))),
        parted(_points(row, "recall_gap")),
        _plain(row, "omission_rate"),
        parted(_points(row, "omission_gap")),
        parted(_points(row, "equal_risk_gap")),
    ]


def _by_risk(row: Row) -> list[tuple[str, ...]]:
    names = ("base_rate", "mean_risk", "bias", "slope", "selection_rate", "precision_at_capacity")
    return [
        *(_plain(row, name) for name in names),
        parted(percent(_recall(row))),
        parted(_points(row, "recall_gap")),
        parted(_points(row, "equal_risk_gap")),
    ]


def _behind(row: Row) -> dict[str, Any]:
    known = RESERVABLE.keys() & {row["group"], f"{row['group']}:{row['value']}"}
    words = REMEDIES.get("cover" if known else str(row["value"]), REMEDIES[""])
    zh, en = group_name(row)
    equal = _points(row, "equal_risk_gap")
    return {"zh": zh, "en": en, "gap": _points(row, "recall_gap"), "equal": equal, "remedy": words}


def _recall(row: Row) -> dict[str, float | None]:
    return {"value": row["recall_at_capacity"], "low": row["recall_low"], "high": row["recall_high"]}


def _plain(row: Row, name: str) -> tuple[str, ...]:
    return (figure({"value": row[name]}),)


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


def _points(row: Row, name: str) -> str:
    shares = {end: None if value is None else value / 100 for end, value in of_row(row, name).items()}
    return percent(shares).replace("%", "")
