"""Cells of the protocol's tables: a name in both languages, a figure with its interval."""

from collections.abc import Mapping

import polars as pl

from models.evaluation.declaration import TIES
from models.evaluation.views import At
from watchlists.label_wording import Words
from watchlists.report.figure_words import words_of


def wording(names: Mapping[str, Words], name: str) -> str:
    """Name a thing in both languages, on one line."""
    return " ".join(words_of(dict(names), name))


def cell(rows: pl.DataFrame, model: str, one: At, compared_with: str | None = None) -> str:
    """Write a figure of a leaderboard with its interval, a paired difference with its sign."""
    form = f"{'' if compared_with is None else '+'}.{one.declared.digits}f"
    of_pair = pl.col("compared_with").eq_missing(pl.lit(compared_with))
    at = pl.col("list").eq_missing(pl.lit(one.on))
    return _written(rows.filter(of_pair, at, model=model, metric=one.metric, ties=TIES[0]), form)


def fine(rows: pl.DataFrame, model: str, metric: str) -> str:
    """Write a loss with its interval, and the difference of two to six decimals."""
    form = "+.6f" if metric.endswith("difference") else ".5f"
    return _written(rows.filter(model=model, metric=metric), form)


def _written(rows: pl.DataFrame, form: str) -> str:
    """Write a figure with its interval; a dash where it was not measured."""
    figures = rows.to_dicts()
    if not figures or figures[0]["value"] is None:
        return "–"
    value, low, high = (figures[0][name] for name in ("value", "low", "high"))
    return format(value, form) if low is None else f"{value:{form}} [{low:{form}}, {high:{form}}]"
