"""Sections of the evaluation report on risks and time: calibration, seasons, lead time, who is censored."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from models.evaluation.board import MODEL
from models.evaluation.declaration import CAPACITY
from models.evaluation.disclosure import is_hidden
from models.evaluation.views import At, figures_of_risk, headline_figures
from watchlists.label_wording import OutcomeWords
from watchlists.pages import plots
from watchlists.pages.pages import drawing
from watchlists.report.cells import DRAWN, Section, counted, grid, legend, measured, plain
from watchlists.report.figure_words import MODELS, UNKNOWN, words_of
from watchlists.report.published_evaluation import Judgement, bounds, count, figure

#: Says nothing of its own about risks: the base rate of the training.
LOT = "base_rate"


def calibration_section(judgement: Judgement) -> Section | None:
    """Hold predicted risks against what happened, in bins."""
    table = judgement.tables.get("reliability")
    if table is None or not len(table):
        return None
    told = table.with_columns(
        pl.lit("all").alias("whole"), (pl.col("n") - pl.col("n_positive")).alias("held")
    ).with_columns((is_hidden("n_positive", "whole", "bin") | is_hidden("held", "whole", "bin")).alias("few"))
    few = pl.col("few")
    shown = told.with_columns(pl.when(~few).then(pl.col("n_positive", "observed", "low", "high")))
    rows = [
        [
            row["bin"],
            count(row["n"]),
            count(row["n_positive"]),
            _of(row["mean_risk"]),
            _of(row["observed"]),
            _range(row),
        ]
        for row in shown.iter_rows(named=True)
    ]
    happened = f"{judgement.told.of.zh} {judgement.told.of.past}"
    columns = ["组 bin", "户次 n", happened, "平均风险 mean risk", "实际比例 observed", "95%区间 interval"]
    judged = [name for name in judgement.models if judgement.row(At("bias"), name)["value"] is not None]
    return {
        "picture": drawing(plots.reliability(shown)),
        "table": {"columns": columns, "rows": rows},
        "models": grid(judgement, figures_of_risk(), [name for name in judged if name != LOT]),
    }


def season_section(judgement: Judgement) -> Section:
    """Show the model season by season, with the dates each was judged between."""
    rows = []
    for origin in (*judgement.origins, "pooled"):
        n, fell = judgement.counts(origin=origin) or (None, None)
        cells = [measured(judgement, one, MODEL, origin=origin) for one in headline_figures()]
        rows.append(
            {
                "name": ("合并", "pooled") if origin == "pooled" else (origin, ""),
                "cells": [(count(n), count(fell)), *cells],
            }
        )
    drawn = [name for name in DRAWN if name in judgement.models]
    lines = [
        [
            (origin, row["value"], row["low"], row["high"])
            for origin in judgement.origins
            if (row := judgement.row(At("precision", CAPACITY), name, origin=origin))["value"] is not None
        ]
        for name in drawn
    ]
    return {
        "columns": [
            ("户次 n", f"{judgement.told.of.zh} {judgement.told.of.past}"),
            *(one.words for one in headline_figures()),
        ],
        "rows": rows,
        "picture": drawing(plots.over_seasons(judgement.origins, lines, "命中率 precision")),
        "legend": legend(judgement),
        "boundaries": _boundaries(judgement),
    }


def lead_section(judgement: Judgement) -> Section:
    """Tell how early falls were listed, and how steady the list is."""
    models = [name for name in DRAWN if name in judgement.models]
    table = judgement.tables.get("lead_times")
    return {
        "models": grid(judgement, [At("lead_months", CAPACITY), At("list_overlap", CAPACITY)], models),
        "quarters": _lead_quarters(table, models, judgement.told.of) if table is not None else None,
    }


def censored_table(judgement: Judgement) -> Section | None:
    """Count each season's cohort: who was judged, who was not and why; counts as published."""
    return counted(judgement.tables.get("seasons"), ("n", *UNKNOWN), judgement.told)


def complete_tables(judgement: Judgement) -> list[tuple[str, str, Section]]:
    """Every origin, subgroup, model and group, not the best one (EVALUATION 2)."""
    board = judgement.board.drop_nulls("value").with_columns(
        pl.col("n", "n_positive").map_elements(count, pl.String)
    )
    told = [("排行榜", "leaderboard", plain(board, judgement.told))]
    for name, zh in (("groups_by_season", "分季度群体"), ("precision_at_share", "各走访比例")):
        table = judgement.tables.get(name)
        if table is not None:
            told.append(
                (
                    zh,
                    name.replace("_", " "),
                    counted(table, ("n",), judgement.told) or plain(table, judgement.told),
                )
            )
    return told


def _boundaries(judgement: Judgement) -> Section | None:
    table = judgement.tables.get("boundaries")
    return None if table is None else counted(table.drop("n_repeated"), ("n_",), judgement.told)


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


def _of(value: float | None) -> str:
    return figure({"value": value})


def _range(row: Mapping[str, Any]) -> str:
    return bounds({"value": row["observed"], "low": row["low"], "high": row["high"]})
