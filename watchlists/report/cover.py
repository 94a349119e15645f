"""What reserving visits for the hard group missed most would gain and cost, as a picture and a table."""

from typing import Any

import polars as pl

from models.evaluation.disclosure import SMALL
from watchlists.pages.pages import drawing
from watchlists.pages.trade_off_plot import trade_off
from watchlists.report.cells import of_row, parted
from watchlists.report.published_evaluation import count, percent
from watchlists.visits.groups import HARD_GROUPS

COLUMNS = (
    ("发现", "found"),
    ("召回率", "recall"),
    ("该类户召回率差（百分点）", "recall gap of the group, points"),
)


def cover_section(series: pl.DataFrame) -> dict[str, Any] | None:
    """Lay out a series of minimum covers.

    Parameters
    ----------
    series : DataFrame
        From `watchlists.visits.cover_series.cover_series`.

    Returns
    -------
    dict or None
        ``zh, en`` of the group, numbers ``reserved``, ``picture, table``; None where nothing was
        tried, or a count behind it is small.
    """
    if series.is_empty() or _is_small(series) or series["gap_low"].null_count():
        return None
    group, rows = HARD_GROUPS[series["group"][0]], series.to_dicts()
    drawn = [
        (
            str(row["cover"]),
            *(row[f"gap{end}"] for end in ("", "_low", "_high")),
            *(100 * row[f"recall{end}"] for end in ("", "_low", "_high")),
        )
        for row in rows
    ]
    cells = [
        {
            "name": (str(row["cover"]), ""),
            "cells": [(count(row["found"]),), parted(percent(of_row(row, "recall"))), parted(_points(row))],
        }
        for row in rows
    ]
    return {
        "zh": group.zh,
        "en": group.en,
        "reserved": [row["cover"] for row in rows],
        "picture": drawing(trade_off(drawn)),
        "table": {"columns": COLUMNS, "rows": cells},
    }


def _is_small(series: pl.DataFrame) -> bool:
    of_group, of_rest = series["group_found"], series["found"] - series["group_found"]
    missed = series["group_fell"] - of_group
    cells = (of_group, missed, of_rest, series["fell"] - series["found"] - missed)
    return any(bool((one <= SMALL).any()) for one in cells)


def _points(row: dict[str, Any]) -> str:
    return percent({end: value / 100 for end, value in of_row(row, "gap").items()}).replace("%", "")
