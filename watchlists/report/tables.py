"""Sections of the evaluation report that set the models side by side."""

import polars as pl

from models.evaluation.board import MODEL
from models.evaluation.declaration import OWN_LENGTH
from models.evaluation.views import (
    At,
    figures_at_capacity,
    figures_at_own_length,
    figures_of_board,
    headline_comparisons,
)
from watchlists.pages import plots
from watchlists.pages.pages import drawing
from watchlists.report.cells import DRAWN, Section, cell, grid, legend
from watchlists.report.figure_words import MODELS, SUBGROUPS, words_of
from watchlists.report.published_evaluation import PublishedEvaluation, count


def leaderboard_section(evaluation: PublishedEvaluation) -> list[Section]:
    """Set all models side by side: all households, and those poor before."""
    return [_board(evaluation, name) for name in SUBGROUPS if evaluation.counts(name)]


def capacity_section(evaluation: PublishedEvaluation) -> Section:
    """Set the lists of the same visits side by side, and the rules at their own length."""
    at_share = evaluation.tables.get("precision_at_share")
    base = evaluation.row(At("base_rate"), MODEL)["value"]
    return {
        "table": grid(evaluation, figures_at_capacity(), evaluation.models, ties=True),
        "own": _own_lengths(evaluation),
        "picture": drawing(plots.precision(_lines(evaluation, at_share), base or 0))
        if at_share is not None
        else None,
        "legend": legend(evaluation),
    }


def _board(evaluation: PublishedEvaluation, subgroup: str) -> Section:
    n, fell = evaluation.counts(subgroup) or (0, 0)
    rows = [evaluation.row(At("auc"), name, subgroup) for name in evaluation.models]
    drawn = [
        (_zh(row["model"]), row["value"], row["low"], row["high"]) for row in rows if row["value"] is not None
    ]
    return {
        "zh": SUBGROUPS[subgroup][0],
        "en": SUBGROUPS[subgroup][1],
        "n": count(n),
        "n_positive": count(fell),
        "base_rate": f"{100 * fell / n:.1f}%" if n else "–",
        "table": grid(evaluation, figures_of_board(), evaluation.models, subgroup),
        "differences": _differences(evaluation, subgroup),
        "picture": drawing(plots.intervals(drawn, "AUC（95%区间 interval）", 0.5, [_zh(MODEL)]))
        if drawn
        else None,
    }


def _differences(evaluation: PublishedEvaluation, subgroup: str) -> Section:
    figures = headline_comparisons()
    rows = [
        {
            "name": words_of(MODELS, other),
            "cells": [
                cell(evaluation.row(one, MODEL, subgroup, compared_with=other), one.declared.digits)
                for one in figures
            ],
        }
        for other in evaluation.models
        if other != MODEL
    ]
    return {"columns": [one.words for one in figures], "rows": rows}


def _own_lengths(evaluation: PublishedEvaluation) -> Section:
    share = At("share", OWN_LENGTH)
    rules = [name for name in evaluation.models if evaluation.row(share, name)["value"] is not None]
    return grid(evaluation, figures_at_own_length(), rules)


def _lines(evaluation: PublishedEvaluation, at_share: pl.DataFrame) -> dict[str, list[tuple[float, float]]]:
    chosen = at_share.filter(subgroup="all").drop_nulls("precision").sort("share_percent")
    return {
        name: list(chosen.filter(pl.col("model") == name).select("share_percent", "precision").iter_rows())
        for name in DRAWN
        if name in evaluation.models
    }


def _zh(model: str) -> str:
    return words_of(MODELS, model)[0]
