"""Sections of the evaluation report that set the models side by side."""

import polars as pl

from watchlists.pages import plots
from watchlists.pages.pages import drawing
from watchlists.report.cells import DRAWN, MODEL, Section, cell, grid, legend
from watchlists.report.figure_words import METRICS, MODELS, SUBGROUPS, words_of
from watchlists.report.published_evaluation import Judgement, count

ON_BOARD = (
    *("auc", "ap", "precision_at_1", "precision_at_5", "precision_at_10", "precision_at_20"),
    *("brier_skill", "log_loss"),
)
AT_CAPACITY = (
    *("precision_at_capacity", "recall_at_capacity", "lift_at_capacity", "exclusion_error"),
    *("inclusion_error", "omission_rate", "gap_weighted_exclusion"),
)
COMPARED = ("auc", "precision_at_10", "precision_at_capacity", "recall_at_capacity")


def leaderboard_section(judgement: Judgement) -> list[Section]:
    """Set all models side by side: all households, and those poor before."""
    return [_board(judgement, name) for name in SUBGROUPS if judgement.counts(name)]


def capacity_section(judgement: Judgement) -> Section:
    """Set the lists of the same visits side by side, and the rules at their own length."""
    at_share, base = judgement.tables.get("precision_at_share"), judgement.row("base_rate", MODEL)["value"]
    return {
        "table": grid(judgement, AT_CAPACITY, judgement.models, ties=True),
        "own": _own_lengths(judgement),
        "picture": drawing(plots.precision(_lines(judgement, at_share), base or 0))
        if at_share is not None
        else None,
        "legend": legend(judgement),
    }


def _board(judgement: Judgement, subgroup: str) -> Section:
    n, fell = judgement.counts(subgroup) or (0, 0)
    rows = [judgement.row("auc", name, subgroup) for name in judgement.models]
    drawn = [
        (_zh(row["model"]), row["value"], row["low"], row["high"]) for row in rows if row["value"] is not None
    ]
    return {
        "zh": SUBGROUPS[subgroup][0],
        "en": SUBGROUPS[subgroup][1],
        "n": count(n),
        "n_positive": count(fell),
        "base_rate": f"{100 * fell / n:.1f}%" if n else "–",
        "table": grid(judgement, ON_BOARD, judgement.models, subgroup),
        "differences": _differences(judgement, subgroup),
        "picture": drawing(plots.intervals(drawn, "AUC（95%区间 interval）", 0.5, [_zh(MODEL)]))
        if drawn
        else None,
    }


def _differences(judgement: Judgement, subgroup: str) -> Section:
    rows = []
    for other in judgement.models:
        if other != MODEL:
            pair = f"{MODEL}-minus-{other}"
            cells = [cell(judgement.row(f"{metric}_difference", pair, subgroup)) for metric in COMPARED]
            rows.append({"name": words_of(MODELS, other), "cells": cells})
    return {"columns": [words_of(METRICS, one) for one in COMPARED], "rows": rows}


def _own_lengths(judgement: Judgement) -> Section:
    metrics = {
        "share_at_own_length": ("占全部户的比例", "share of the cohort"),
        "precision_at_own_length": ("命中率", "precision"),
        "recall_at_own_length": ("召回率", "recall"),
        "lift_at_own_length": ("提升倍数", "lift"),
    }
    rules = [
        name for name in judgement.models if judgement.row("share_at_own_length", name)["value"] is not None
    ]
    rows = [
        {"name": words_of(MODELS, name), "cells": [cell(judgement.row(metric, name)) for metric in metrics]}
        for name in rules
    ]
    return {"columns": list(metrics.values()), "rows": rows}


def _lines(judgement: Judgement, at_share: pl.DataFrame) -> dict[str, list[tuple[float, float]]]:
    chosen = at_share.filter(pl.col("subgroup") == "all").sort("share_percent")
    return {
        name: list(chosen.filter(pl.col("model") == name).select("share_percent", "precision").iter_rows())
        for name in DRAWN
        if name in judgement.models
    }


def _zh(model: str) -> str:
    return words_of(MODELS, model)[0]
