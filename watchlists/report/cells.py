"""How figures are laid out in the report: models by metrics, and plain tables."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from watchlists.label_wording import Told
from watchlists.pages import plots
from watchlists.report.figure_words import METRICS, MODELS, column_words, words_of
from watchlists.report.published_evaluation import Judgement, bounds, count, figure

MODEL = "risk_model"
#: Drawn as lines, in the order of `plots.LINES`.
DRAWN = (MODEL, "logistic", "income_over_line", "mean_past_income", "eight_visits", "alerts")

Section = dict[str, Any]


def grid(
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
        cells = [cell(judgement.row(metric, name, subgroup)) for metric in metrics]
        if ties:
            cells[0] = (*cells[0], _ties(judgement, name, subgroup))
        rows.append({"name": words_of(MODELS, name), "cells": cells})
    return {"columns": [words_of(METRICS, one) for one in metrics], "rows": rows}


def _ties(judgement: Judgement, model: str, subgroup: str) -> str:
    worst, best = (
        judgement.row(f"precision_at_capacity_{end}", model, subgroup)["value"] for end in ("worst", "best")
    )
    return "" if worst is None or best is None or abs(best - worst) < 0.0005 else f"{worst:.3f} – {best:.3f}"


def legend(judgement: Judgement) -> list[tuple[str, str, str]]:
    """Name the models drawn with their colours."""
    drawn = [name for name in DRAWN if name in judgement.models]
    return [(colour, *words_of(MODELS, name)) for colour, name in zip(plots.LINES, drawn, strict=False)]


def counted(table: pl.DataFrame | None, counts: tuple[str, ...], told: Told) -> Section | None:
    """Lay out a table with its counts as they may be published."""
    if table is None:
        return None
    names = [name for name in table.columns if name.startswith(counts) and table.schema[name].is_integer()]
    return plain(table.with_columns(pl.col(names).map_elements(count, pl.String, skip_nulls=False)), told)


def plain(table: pl.DataFrame, told: Told) -> Section:
    """Lay out a table as it is, its columns named in both languages."""
    rows = [[_written(value) for value in row] for row in table.iter_rows()]
    return {"columns": [" ".join(column_words(name, told.of)) for name in table.columns], "rows": rows}


def cell(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Write a figure and its interval."""
    return figure(row), bounds(row)


def of_row(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Take a figure and its interval out of a row that holds several."""
    return {"value": row[name], "low": row[f"{name}_low"], "high": row[f"{name}_high"]}


def parted(text: str) -> tuple[str, str]:
    """Part a written figure from the interval behind it."""
    value, _, interval = text.partition(" ")
    return value, interval


def _written(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    return figure({"value": value}) if isinstance(value, float) else str(value)
