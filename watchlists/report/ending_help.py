"""The table of the report on what ending help would do, under the model."""

import polars as pl

from models.attribution.ending_support import CONTRADICTS, FEW, SUPPORTED
from models.evaluation.disclosure import SMALL, rounded
from register.reference import measures
from watchlists.reasons.ending_help_words import ENDING, NEVER, WITHHELD
from watchlists.report.cells import Section

COLUMNS = [
    ("在享户", "under it"),
    ("给出数字的户", "told of"),
    ("全部在享户现在平均风险", "mean risk of all under it as it is"),
    ("停止后平均风险", "had it ended"),
    ("类似而没有该措施的户（最少）", "like them without it, fewest"),
]


def ending_help_section(ending: pl.DataFrame | None) -> Section | None:
    """Tell for each measure how many are under it and what the model would say had it ended.

    Parameters
    ----------
    ending : DataFrame or None
        `models.attribution.ending_support.with_support`.

    Returns
    -------
    dict or None
        A table with its caution; None where nobody is under help. Counts are rounded, small ones
        left out; means are of all households under the measure, told of or not.
    """
    if ending is None or ending.is_empty():
        return None
    known = measures()
    groups = {str(key[0]): one for key, one in ending.group_by("measure")}
    rows = [
        {"name": (known[code].zh, known[code].en), "cells": _cells(groups[code])}
        for code in known
        if code in groups
    ]
    return {"title": ENDING, "caution": NEVER, "columns": COLUMNS, "rows": rows}


def _cells(rows: pl.DataFrame) -> list[tuple[str, ...]]:
    read = rows.filter(pl.col("standing") == SUPPORTED)
    if len(read) <= SMALL:
        contradicts = (rows["standing"] == CONTRADICTS).any()
        return [(_count(len(rows)),), ("–",), WITHHELD[CONTRADICTS if contradicts else FEW], ("–",), ("–",)]
    now, ended = (f"{rows[name].to_numpy().mean():.1%}" for name in ("risk", "risk_ended"))
    fewest = int(read["n_without"].to_numpy().min())
    return [(_count(len(rows)),), (_count(len(read)),), (now,), (ended,), (_count(fewest),)]


def _count(number: int) -> str:
    return "–" if number <= SMALL else f"{rounded(number):,}"
