"""Sections of the evaluation report that set models and seasons side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from models.disclosure import is_hidden
from watchlists import plots
from watchlists.judgement import Judgement, bounds, count, figure
from watchlists.judgement_words import COLUMNS, METRICS, MODELS, SUBGROUPS, words_of
from watchlists.pages import drawing

MODEL, LOT = "risk_model", "base_rate"
ON_BOARD = (
    *("auc", "ap", "precision_at_1", "precision_at_5", "precision_at_10", "precision_at_20"),
    *("brier_skill", "log_loss"),
)
AT_CAPACITY = (
    *("precision_at_capacity", "recall_at_capacity", "lift_at_capacity", "exclusion_error"),
    *("inclusion_error", "omission_rate", "gap_weighted_exclusion"),
)
OF_SEASON = (
    *("base_rate", "auc", "ap", "precision_at_capacity", "recall_at_capacity", "exclusion_error"),
    *("omission_rate", "bias", "slope", "brier_skill"),
)
COMPARED = ("auc", "precision_at_10", "precision_at_capacity", "recall_at_capacity")
#: Drawn as lines, in the order of `plots.LINES`.
DRAWN = (MODEL, "logistic", "income_over_line", "mean_past_income", "eight_visits", "alerts")

Section = dict[str, Any]


def leaderboard_section(judgement: Judgement) -> list[Section]:
    """Set all models side by side: all households, and those poor before."""
    return [_board(judgement, name) for name in SUBGROUPS if judgement.counts(name)]


def capacity_section(judgement: Judgement) -> Section:
    """Set the lists of the same visits side by side, and the rules at their own length."""
    at_share, base = judgement.tables.get("precision_at_share"), judgement.row("base_rate", MODEL)["value"]
    return {
        "table": _grid(judgement, AT_CAPACITY, judgement.models, ties=True),
        "own": _own_lengths(judgement),
        "picture": drawing(plots.precision(_lines(judgement, at_share), base or 0))
        if at_share is not None
        else None,
        "legend": _legend(judgement),
    }


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
    columns = ["组 bin", "户次 n", "跌破 fell", "平均风险 mean risk", "实际比例 observed", "95%区间 interval"]
    risks = [
        name for name in judgement.models if judgement.row("bias", name)["value"] is not None and name != LOT
    ]
    return {
        "picture": drawing(plots.reliability(shown)),
        "table": {"columns": columns, "rows": rows},
        "models": _grid(judgement, ("bias", "slope", "brier_skill", "log_loss"), risks),
    }


def season_section(judgement: Judgement) -> Section:
    """Show the model season by season, with the dates each was judged between."""
    rows = []
    for origin in (*judgement.origins, "pooled"):
        n, fell = judgement.counts(origin=origin) or (None, None)
        cells = [_cell(judgement.row(metric, MODEL, origin=origin)) for metric in OF_SEASON]
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
            if (row := judgement.row("precision_at_capacity", name, origin=origin))["value"] is not None
        ]
        for name in drawn
    ]
    return {
        "columns": [
            ("户次 n", "跌破 fell"),
            *(METRICS[one] for one in OF_SEASON),
        ],
        "rows": rows,
        "picture": drawing(plots.over_seasons(judgement.origins, lines, "命中率 precision")),
        "legend": _legend(judgement),
        "boundaries": _counted(judgement.tables.get("boundaries"), ("n_",)),
    }


def lead_section(judgement: Judgement) -> Section:
    """Tell how early falls were listed, and how steady the list is."""
    models = [name for name in DRAWN if name in judgement.models]
    table = judgement.tables.get("lead_times")
    return {
        "models": _grid(judgement, ("lead_months", "list_overlap"), models),
        "quarters": _lead_quarters(table, models) if table is not None else None,
    }


def censored_table(judgement: Judgement) -> Section | None:
    """Count each season's cohort: who was judged, who was not and why; counts as published."""
    return _counted(judgement.tables.get("seasons"), ("n", "left_register", "not_observed", "window_open"))


def complete_tables(judgement: Judgement) -> list[tuple[str, str, Section]]:
    """Every origin, subgroup, model and group, not the best one (EVALUATION.md 2)."""
    board = judgement.board.drop_nulls("value").with_columns(
        pl.col("n", "n_positive").map_elements(count, pl.String)
    )
    told = [("排行榜", "leaderboard", _plain(board))]
    for name, zh in (("groups_by_season", "分季度群体"), ("precision_at_share", "各走访比例")):
        table = judgement.tables.get(name)
        if table is not None:
            told.append((zh, name.replace("_", " "), _counted(table, ("n",)) or _plain(table)))
    return told


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
        "table": _grid(judgement, ON_BOARD, judgement.models, subgroup),
        "differences": _differences(judgement, subgroup),
        "picture": drawing(plots.intervals(drawn, "AUC（95%区间 interval）", 0.5, [_zh(MODEL)]))
        if drawn
        else None,
    }


def _grid(
    judgement: Judgement,
    metrics: Sequence[str],
    models: Sequence[str],
    subgroup: str = "all",
    *,
    ties: bool = False,
) -> Section:
    """Lay out models by metrics; `ties` adds the worst and the best order where they differ."""
    rows = []
    for name in models:
        cells = [_cell(judgement.row(metric, name, subgroup)) for metric in metrics]
        if ties:
            cells[0] = (*cells[0], _ties(judgement, name, subgroup))
        rows.append({"name": words_of(MODELS, name), "cells": cells})
    return {"columns": [words_of(METRICS, one) for one in metrics], "rows": rows}


def _ties(judgement: Judgement, model: str, subgroup: str) -> str:
    worst, best = (
        judgement.row(f"precision_at_capacity_{end}", model, subgroup)["value"] for end in ("worst", "best")
    )
    return "" if worst is None or best is None or abs(best - worst) < 0.0005 else f"{worst:.3f} – {best:.3f}"


def _differences(judgement: Judgement, subgroup: str) -> Section:
    rows = []
    for other in judgement.models:
        if other != MODEL:
            pair = f"{MODEL}-minus-{other}"
            cells = [_cell(judgement.row(f"{metric}_difference", pair, subgroup)) for metric in COMPARED]
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
        {"name": words_of(MODELS, name), "cells": [_cell(judgement.row(metric, name)) for metric in metrics]}
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


def _legend(judgement: Judgement) -> list[tuple[str, str, str]]:
    drawn = [name for name in DRAWN if name in judgement.models]
    return [(colour, *words_of(MODELS, name)) for colour, name in zip(plots.LINES, drawn, strict=False)]


def _lead_quarters(table: pl.DataFrame, models: Sequence[str]) -> Section:
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
        (f"{at - 2}–{at}个月内跌破", f"fell in months {at - 2}–{at} (n {count(fell.get(at))})")
        for at in months
    ]
    return {"columns": columns, "rows": rows}


def _unless_small(share: float | None, hits: float) -> str:
    return "–" if share is None or count(hits).startswith("≤") else f"{100 * share:.1f}%"


def _cell(row: Mapping[str, Any]) -> tuple[str, ...]:
    return figure(row), bounds(row)


def _of(value: float | None) -> str:
    return figure({"value": value})


def _range(row: Mapping[str, Any]) -> str:
    return bounds({"value": row["observed"], "low": row["low"], "high": row["high"]})


def _zh(model: str) -> str:
    return words_of(MODELS, model)[0]


def _counted(table: pl.DataFrame | None, counts: tuple[str, ...]) -> Section | None:
    """Lay out a table with its counts as they may be published."""
    if table is None:
        return None
    names = [name for name in table.columns if name.startswith(counts) and table.schema[name].is_integer()]
    return _plain(table.with_columns(pl.col(names).map_elements(count, pl.String, skip_nulls=False)))


def _plain(table: pl.DataFrame) -> Section:
    rows = [[_written(value) for value in row] for row in table.iter_rows()]
    return {"columns": [" ".join(words_of(COLUMNS, name)) for name in table.columns], "rows": rows}


def _written(value: object) -> str:
    if value is None:
        return "–"
    return figure({"value": value}) if isinstance(value, float) else str(value)
