"""Dress listed households for the eyes: codes become words, causes become bars."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from features.declaration import GROUPS
from register.reference import AlertRule, Cause, Measure
from watchlists.reasons import multiplier
from watchlists.sheet_words import CHANGES, LISTED_BY


@dataclass(frozen=True)
class Labels:
    """Reference data by code."""

    causes: Mapping[str, Cause]
    rules: Mapping[str, AlertRule]
    measures: Mapping[str, Measure]


def dressed(row: Mapping[str, Any], labels: Labels) -> dict[str, Any]:
    """Add ``<field>_shown`` texts and ``bars`` to a watchlist row."""
    main = row["main_cause"]
    return {
        **row,
        "listed_by_shown": LISTED_BY[row["listed_by"]],
        "change_shown": CHANGES[row["change"]],
        "rules_shown": "；".join(labels.rules[code].zh for code in row["rules"]),
        "rules_shown_en": "; ".join(labels.rules[code].en for code in row["rules"]),
        "main_cause_shown": f"{labels.causes[main].zh} {labels.causes[main].en}" if main else "",
        "measures_shown": "、".join(labels.measures[code].zh for code in row["measures"]),
        "measures_shown_en": ", ".join(labels.measures[code].en for code in row["measures"]),
        "bars": bars(row, labels),
    }


def bars(row: Mapping[str, Any], labels: Labels) -> list[dict[str, Any]]:
    """Give every cause and circumstance a bar, the largest effect first.

    Returns
    -------
    list of dict
        ``zh, en, factor`` (text), ``raises``, ``width`` (percent of the half scale, which
        is at least 2 log-odds wide). Effects under 5 % of the odds are left out.
    """
    phis = {group: float(row[f"phi_{group}"]) for group in GROUPS}
    scale = max(2.0, *(abs(phi) for phi in phis.values()))
    ordered = sorted(GROUPS, key=lambda group: (-abs(phis[group]), GROUPS.index(group)))
    return [
        {
            "zh": labels.causes[group].zh,
            "en": labels.causes[group].en,
            "factor": multiplier(row, group),
            "raises": phis[group] > 0,
            "width": round(100 * abs(phis[group]) / scale, 1),
        }
        for group in ordered
        if abs(phis[group]) >= math.log(1.05)
    ]


def townships(county: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    """Split a county's list by township, in order of first appearance."""
    parts = county.partition_by("township_id", maintain_order=True)
    return [(part["township_id"][0], part) for part in parts]
