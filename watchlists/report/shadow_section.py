"""The section on shadows: what was written beforehand that would stop the use of a model, and what came."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from models.evaluation.shadow import BROKEN, KEPT, OPEN, UNKNOWN
from watchlists.label_wording import Words
from watchlists.release.past_lists import Hindsight
from watchlists.report.cells import Section
from watchlists.report.figure_words import GROUPS, VALUES, words_of
from watchlists.report.published_evaluation import count, percent

#: What a line says, Chinese and English, and whether its figure is a share (in percent) or a plain number.
LINES: Mapping[str, tuple[str, str, bool]] = {
    "calibration": ("平均风险比实际高出", "mean risk over what came true, less one", True),
    "slope": ("校准斜率", "calibration slope", False),
    "groups": ("各类户召回率低于按风险应有的", "recall of a group below what its risks promised", True),
    "precision": ("名单命中率", "precision of the list", True),
    "alerts": ("名单命中率减部门预警", "precision less that of department alerts, same visits", True),
    "causes": ("走访核实的原因与写明的一致", "confirmed visits whose causes hold the named one", True),
}
VERDICTS: Mapping[str, tuple[str, str, str]] = {
    KEPT: ("守住", "kept", "good"),
    BROKEN: ("未守住", "broken", "bad"),
    UNKNOWN: ("户数太少，不能说", "too few to say", "unsure"),
    OPEN: ("未到期", "open", "unsure"),
}
COLUMNS = (
    ("事先写下的界限", "allowed, as written"),
    ("实际", "what came"),
    ("户数", "n"),
    ("评判", "verdict"),
)


def shadow_section(hindsight: Hindsight) -> list[Section]:
    """Tell of every shadow what it said and, once outcomes are known, line by line what came.

    Parameters
    ----------
    hindsight : Hindsight
        With table ``shadows``.

    Returns
    -------
    list of dict
        One a shadow, by season: its days, code and model, what the release promised, the lines, and
        how many of them were broken. Empty where none was written.
    """
    shadows = hindsight.tables["shadows"].sort("season", maintain_order=True)
    return [_section(part) for part in shadows.partition_by("season", maintain_order=True)]


def line_words(line: str) -> Words:
    """Name a line, Chinese and English.

    Examples
    --------
    >>> line_words("slope")
    ('校准斜率', 'calibration slope')
    """
    return LINES[line][:2]


def allowed(line: str, least: float | None, most: float | None) -> Words:
    """Write what a line allows.

    Examples
    --------
    >>> allowed("slope", 0.9, 1.1), allowed("groups", None, 0.05)
    (('0.9 至 1.1', '0.9 to 1.1'), ('不超过 5%', 'at most 5%'))
    """
    low, high = (None if end is None else _end(line, end) for end in (least, most))
    if low is None:
        return (f"不超过 {high}", f"at most {high}")
    return (f"不低于 {low}", f"at least {low}") if high is None else (f"{low} 至 {high}", f"{low} to {high}")


def _end(line: str, value: float) -> str:
    return f"{100 * value:.3g}%" if LINES[line][2] else f"{value:g}"


def _section(part: pl.DataFrame) -> Section:
    first, broken = part.row(0, named=True), part.filter(verdict=BROKEN)
    names = ("season", "written_on", "known_until", "closes_on")
    return {
        **{name: first[name] for name in names},
        "commit": (first["code_commit"] or "–")[:8],
        "model": (first["model_sha256"] or "–")[:8],
        "precision": percent(_promised(first)),
        "mean_risk": percent({"value": first["promised_mean_risk"], "low": None, "high": None}),
        "named": percent({"value": first["promised_named"], "low": None, "high": None}),
        "is_open": first["verdict"] == OPEN,
        "broken": len(broken),
        "columns": COLUMNS,
        "rows": [
            {"name": line_words(row["line"]), "cells": _cells(row)} for row in part.iter_rows(named=True)
        ],
    }


def _promised(row: Mapping[str, Any]) -> dict[str, Any]:
    ends = {"low": row["promised_precision_low"], "high": row["promised_precision_high"]}
    return {"value": row["promised_precision"], **ends}


def _cells(row: Mapping[str, Any]) -> list[tuple[str, ...]]:
    zh, en, _ = VERDICTS[row["verdict"]]
    is_known = row["value"] is not None
    figure = (_figure(row), *_of_groups(row["detail"])) if is_known else ("–",)
    return [
        allowed(row["line"], row["least"], row["most"]),
        figure,
        (count(row["n"]) if is_known else "–",),
        (zh, en),
    ]


def _figure(row: Mapping[str, Any]) -> str:
    if LINES[row["line"]][2]:
        return percent(row)
    bounds = "" if row["low"] is None else f" [{row['low']:.2f}, {row['high']:.2f}]"
    return f"{row['value']:.2f}{bounds}"


def _of_groups(detail: str) -> tuple[str, ...]:
    """Name the attribute and the value of the group that fell short the most."""
    if not detail:
        return ()
    attribute, _, value = detail.partition(" ")
    return (" ".join(words_of(GROUPS, attribute)), " ".join(VALUES.get(value, (value,))))
