"""Cells of the protocol's tables: a name in both languages, a figure with its interval."""

from collections.abc import Mapping

import polars as pl

from watchlists.label_wording import Words
from watchlists.report.figure_words import words_of


def said(names: Mapping[str, Words], name: str) -> str:
    """Name a thing in both languages, on one line."""
    return " ".join(words_of(dict(names), name))


def cell(rows: pl.DataFrame, model: str, metric: str, *, signed: bool = False) -> str:
    """Write a figure with its interval, to three decimals."""
    return _written(rows, model, metric, "+.3f" if signed else ".3f")


def fine(rows: pl.DataFrame, model: str, metric: str) -> str:
    """Write a loss with its interval, and the difference of two to six decimals."""
    return _written(rows, model, metric, "+.6f" if metric.endswith("difference") else ".5f")


def _written(rows: pl.DataFrame, model: str, metric: str, form: str) -> str:
    """Write a figure with its interval; a dash where it was not measured."""
    found = rows.filter(pl.col("model") == model, pl.col("metric") == metric).to_dicts()
    if not found or found[0]["value"] is None:
        return "–"
    value, low, high = (found[0][name] for name in ("value", "low", "high"))
    return format(value, form) if low is None else f"{value:{form}} [{low:{form}}, {high:{form}}]"
