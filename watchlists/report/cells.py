"""How figures are laid out in the report: models by metrics, and plain tables."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from models.evaluation.board import MODEL
from models.evaluation.declaration import TIES
from models.evaluation.views import At
from models.names import POOLED
from watchlists.label_wording import LabelWording
from watchlists.pages import plots
from watchlists.report.figure_words import MODELS, column_words, words_of
from watchlists.report.published_evaluation import PublishedEvaluation, bounds, count, figure

#: Drawn as lines, in the order of `plots.LINES`.
DRAWN = (MODEL, "logistic", "income_over_line", "mean_past_income", "eight_visits", "alerts")

Section = dict[str, Any]


def grid(
    evaluation: PublishedEvaluation,
    figures: Sequence[At],
    models: Sequence[str],
    subgroup: str = "all",
    *,
    ties: bool = False,
) -> Section:
    """Lay out models by figures; `ties` adds the worst and the best order where they differ."""
    rows = []
    for name in models:
        cells = [measured(evaluation, one, name, subgroup) for one in figures]
        if ties:
            cells = [
                (*cell, _ties(evaluation, one, name, subgroup))
                for cell, one in zip(cells, figures, strict=True)
            ]
        rows.append({"name": words_of(MODELS, name), "cells": cells})
    return {"columns": [one.words for one in figures], "rows": rows}


def measured(
    evaluation: PublishedEvaluation, one: At, model: str, subgroup: str = "all", origin: str = POOLED
) -> tuple[str, ...]:
    """Write a model's figure and its interval."""
    return cell(evaluation.row(one, model, subgroup, origin), one.declared.digits)


def _ties(evaluation: PublishedEvaluation, one: At, model: str, subgroup: str) -> str:
    worst, best = (evaluation.row(one, model, subgroup, ties=end)["value"] for end in TIES[1:])
    return "" if worst is None or best is None or abs(best - worst) < 0.0005 else f"{worst:.3f} – {best:.3f}"


def legend(evaluation: PublishedEvaluation) -> list[tuple[str, str, str]]:
    """Name the models drawn with their colours."""
    drawn = [name for name in DRAWN if name in evaluation.models]
    return [(colour, *words_of(MODELS, name)) for colour, name in zip(plots.LINES, drawn, strict=False)]


def counted(table: pl.DataFrame | None, counts: tuple[str, ...], wording: LabelWording) -> Section | None:
    """Lay out a table with its counts as they may be published."""
    if table is None:
        return None
    names = [name for name in table.columns if name.startswith(counts) and table.schema[name].is_integer()]
    return plain(table.with_columns(pl.col(names).map_elements(count, pl.String, skip_nulls=False)), wording)


def plain(table: pl.DataFrame, wording: LabelWording) -> Section:
    """Lay out a table as it is, its columns named in both languages."""
    rows = [[_written(value) for value in row] for row in table.iter_rows()]
    return {"columns": [" ".join(column_words(name, wording.of)) for name in table.columns], "rows": rows}


def cell(row: Mapping[str, Any], digits: int = 3) -> tuple[str, ...]:
    """Write a figure and its interval."""
    return figure(row, digits), bounds(row, digits)


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
