"""The section on falls that were not listed: how many, how near the line, and of which groups."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from models.evaluation.disclosure import SMALL, is_hidden
from watchlists.label_wording import LabelWording, Words
from watchlists.report.cells import Section
from watchlists.report.naming import share
from watchlists.report.published_evaluation import count
from watchlists.visits.groups import HARD_GROUPS
from watchlists.visits.missed import ALL, DISTANCE, DISTANCES, GROUP, UNKNOWN


def missed_section(counts: pl.DataFrame, wording: LabelWording) -> Section | None:
    """Lay out who was missed; None where no season was judged.

    Parameters
    ----------
    counts : DataFrame
        From `watchlists.visits.missed.missed_counts`.
    wording : LabelWording
        What the outcome is called.
    """
    if counts.is_empty():
        return None
    whole = counts.filter(by=ALL).to_dicts()[0]
    of = wording.of
    lines = [_line(("全部", "all"), whole, hidden=_is_small(whole, whole))]
    lines += _by_distance(counts.filter(by=DISTANCE))
    lines += [
        _line((HARD_GROUPS[row["value"]].zh, HARD_GROUPS[row["value"]].en), row, hidden=_is_small(row, whole))
        for row in counts.filter(by=GROUP).to_dicts()
    ]
    columns = [(of.zh, of.past), ("其中不在名单上", "of them not listed"), ("比例", "share")]
    return {"columns": columns, "rows": lines}


def _by_distance(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Bands of income add up to the whole, so a small one takes another along."""
    fewer = pl.min_horizontal("missed", pl.col("fell") - pl.col("missed")).alias("fewer")
    marked = rows.with_columns(fewer).with_columns(hidden=is_hidden("fewer", "by", "value"))
    return [_line(band_words(row["value"]), row, hidden=row["hidden"]) for row in marked.to_dicts()]


def band_words(value: str) -> Words:
    """Name a band of income by its lower edge (`watchlists.visits.missed.band`)."""
    if value == UNKNOWN:
        return "收入未登记", "income not recorded"
    upper = next((edge for edge in DISTANCES if edge > float(value)), None)
    if upper is None:
        return f"收入为线的{value}倍以上", f"income {value} lines or more"
    if value == "0":
        return f"收入不到线的{upper:g}倍", f"income below {upper:g} lines"
    return f"收入为线的{value}–{upper:g}倍", f"income {value} to {upper:g} lines"


def _is_small(row: Mapping[str, int], whole: Mapping[str, int]) -> bool:
    """Say whether a count of the row, or of what the whole holds beside it, is small."""
    own = np.array([row["missed"], row["fell"] - row["missed"]])
    rest = np.array([whole["missed"], whole["fell"] - whole["missed"]]) - own
    return bool((own <= SMALL).any() or ((rest > 0) & (rest <= SMALL)).any())


def _line(name: Words, row: Mapping[str, int], *, hidden: bool) -> dict[str, Any]:
    cells = (
        ["–"] * 3 if hidden else [count(row["fell"]), count(row["missed"]), share(row["missed"], row["fell"])]
    )
    return {"name": name, "cells": [(cell,) for cell in cells]}
