"""Sections of the evaluation report on risks and time: calibration, seasons, lead time, who is censored."""

from collections.abc import Sequence

import polars as pl

from models.evaluation.board import MODEL
from models.evaluation.declaration import CAPACITY
from models.evaluation.views import At, headline_figures
from models.names import POOLED
from models.registry.parameters import BiasParameters
from watchlists.label_wording import OutcomeWords
from watchlists.pages import plots
from watchlists.pages.pages import drawing
from watchlists.report.calibration import (
    by_group,
    by_model,
    by_reading,
    by_season,
    deciles,
    unsourced_lines,
    unsure_lines,
)
from watchlists.report.cells import DRAWN, Section, counted, grid, legend, measured, plain
from watchlists.report.figure_words import MODELS, UNKNOWN, words_of
from watchlists.report.published_evaluation import PublishedEvaluation, count

#: How early and how steady a list is.
STEADY = ("lead_months", "list_overlap")


def calibration_section(evaluation: PublishedEvaluation, most: BiasParameters) -> Section | None:
    """Hold predicted risks against what happened: by reading, season, decile and group.

    Parameters
    ----------
    evaluation : PublishedEvaluation
        With the tables ``reliability``, ``calibration_by_season``, ``season_lines`` and
        ``group_calibration``.
    most : BiasParameters
        How far off is allowed.
    """
    table = evaluation.tables.get("reliability")
    if table is None or not len(table):
        return None
    happened = f"{evaluation.wording.of.zh} {evaluation.wording.of.past}"
    return {
        "picture": drawing(plots.reliability(table)),
        "table": deciles(table, happened, most),
        "readings": by_reading(evaluation),
        "models": by_model(evaluation),
        "seasons": by_season(evaluation),
        "lines": unsourced_lines(evaluation),
        "groups": by_group(evaluation, most),
    }


def season_section(evaluation: PublishedEvaluation) -> Section:
    """Show the model season by season, with the dates each was judged between."""
    rows = []
    for origin in (*evaluation.origins, POOLED):
        n, fell = evaluation.counts(origin=origin) or (None, None)
        cells = [measured(evaluation, one, MODEL, origin=origin) for one in headline_figures()]
        rows.append(
            {
                "name": ("合并", "pooled") if origin == POOLED else (origin, _resting_on(evaluation, origin)),
                "cells": [(count(n), count(fell)), *cells],
            }
        )
    drawn = [name for name in DRAWN if name in evaluation.models]
    lines = [
        [
            (origin, row["value"], row["low"], row["high"])
            for origin in evaluation.origins
            if (row := evaluation.row(At("precision", CAPACITY), name, origin=origin))["value"] is not None
        ]
        for name in drawn
    ]
    return {
        "columns": [
            ("户次 n", f"{evaluation.wording.of.zh} {evaluation.wording.of.past}"),
            *(one.words for one in headline_figures()),
        ],
        "rows": rows,
        "picture": drawing(plots.over_seasons(evaluation.origins, lines, "命中率 precision")),
        "legend": legend(evaluation),
        "boundaries": _boundaries(evaluation),
    }


def _resting_on(evaluation: PublishedEvaluation, origin: str) -> str:
    """Mark a season that rests on a line no document states."""
    lines = unsure_lines(evaluation, origin)
    return f"线 line: {lines}" if lines else ""


def lead_section(evaluation: PublishedEvaluation) -> Section:
    """Tell how early falls were listed, which the waves of a survey decide, and how steady the list is."""
    models = [name for name in DRAWN if name in evaluation.models]
    is_survey = evaluation.wording.is_survey
    table = None if is_survey else evaluation.tables.get("lead_times")
    figures = [At("list_overlap", CAPACITY)] if is_survey else [At(one, CAPACITY) for one in STEADY]
    return {
        "models": grid(evaluation, figures, models),
        "quarters": _lead_quarters(table, models, evaluation.wording.of) if table is not None else None,
    }


def censored_table(evaluation: PublishedEvaluation) -> Section | None:
    """Count each season's cohort: who was judged, who was not and why; counts as published."""
    return counted(evaluation.tables.get("seasons"), ("n", *UNKNOWN), evaluation.wording)


def complete_tables(evaluation: PublishedEvaluation) -> list[tuple[str, str, Section]]:
    """Every origin, subgroup, model and group, not the best one (EVALUATION 2)."""
    board = evaluation.board.drop_nulls("value").with_columns(
        pl.col("n", "n_positive").map_elements(count, pl.String)
    )
    tables = [("排行榜", "leaderboard", plain(board, evaluation.wording))]
    for name, zh in (("groups_by_season", "分季度群体"), ("precision_at_share", "各走访比例")):
        table = evaluation.tables.get(name)
        if table is not None:
            tables.append(
                (
                    zh,
                    name.replace("_", " "),
                    counted(table, ("n",), evaluation.wording) or plain(table, evaluation.wording),
                )
            )
    return tables


def _boundaries(evaluation: PublishedEvaluation) -> Section | None:
    table = evaluation.tables.get("boundaries")
    return None if table is None else counted(table.drop("n_repeated"), ("n_",), evaluation.wording)


def _lead_quarters(table: pl.DataFrame, models: Sequence[str], of: OutcomeWords) -> Section:
    months = table["months"].unique().sort().to_list()
    fell = dict(table.filter(pl.col("model") == MODEL).select("months", "n_positive").iter_rows())
    recall = {
        (name, at): (value, n * value)
        for name, at, n, value in table.select("model", "months", "n_positive", "recall").iter_rows()
    }
    rows = [
        {
            "name": words_of(MODELS, name),
            "cells": [(_unless_small(*recall.get((name, at), (None, 0))), "") for at in months],
        }
        for name in models
    ]
    columns = [
        (f"{at - 2}–{at}个月内{of.zh}", f"{of.past} in months {at - 2}–{at} (n {count(fell.get(at))})")
        for at in months
    ]
    return {"columns": columns, "rows": rows}


def _unless_small(share: float | None, hits: float) -> str:
    return "–" if share is None or count(hits).startswith("≤") else f"{100 * share:.1f}%"
