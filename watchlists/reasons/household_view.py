"""Listed households as people read them: codes become words, causes become bars."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from features.declaration import GROUPS
from register.reference import AlertRule, Cause, Measure
from watchlists.reasons.help import reminders
from watchlists.reasons.reasons import multiplier, weakness
from watchlists.visits.change import WHY_ENTERED

LISTED_BY = {
    "rule": ("必访", "must visit"),
    "cover": ("最低覆盖", "reserved visit"),
    "risk": ("按风险", "by risk"),
    "order": ("按排序", "in order"),
}
CHANGES = {"new": ("首次", "new"), "entered": ("新入列", "entered"), "stayed": ("仍在列", "stayed")}


@dataclass(frozen=True)
class ReferenceNames:
    """Reference data by code."""

    causes: Mapping[str, Cause]
    rules: Mapping[str, AlertRule]
    measures: Mapping[str, Measure]


def household_view(row: Mapping[str, Any], names: ReferenceNames) -> dict[str, Any]:
    """Add ``<field>_shown`` texts, ``points``, ``reminders`` and ``bars`` to a watchlist row."""
    main, reminded = row["main_cause"], reminders(row, names.measures)
    fitting_zh, fitting_en = _measures(row, names)
    return {
        **row,
        "listed_by_shown": " ".join(LISTED_BY[row["listed_by"]]),
        "change_shown": _changed(row),
        "rules_shown": "；".join(names.rules[code].zh for code in row["rules"]),
        "rules_shown_en": "; ".join(names.rules[code].en for code in row["rules"]),
        "main_cause_shown": f"{names.causes[main].zh} {names.causes[main].en}{''.join(weakness(row))}"
        if main
        else "",
        "fitting_zh": fitting_zh,
        "fitting_en": fitting_en,
        "measures_shown": "".join([f"{fitting_zh}。" if fitting_zh else "", *(zh for zh, _ in reminded)]),
        "measures_shown_en": " ".join([f"{fitting_en}." if fitting_en else "", *(en for _, en in reminded)]),
        "points": list(zip(row["points_zh"], row["points_en"], strict=True)),
        "reminders": reminded,
        "bars": bars(row, names),
    }


def _measures(row: Mapping[str, Any], names: ReferenceNames) -> tuple[str, str]:
    """Name the measures that fit, and mark those the household gets already."""
    fitting = [(names.measures[code], code in row["measures_in_force"]) for code in row["measures"]]
    zh = "、".join(f"{one.zh}{'（在享）' if is_in_force else ''}" for one, is_in_force in fitting)
    return zh, ", ".join(f"{one.en}{' (in force)' if is_in_force else ''}" for one, is_in_force in fitting)


def _changed(row: Mapping[str, Any]) -> str:
    """Say what changed since last season, and why a household entered."""
    zh, en = CHANGES[row["change"]]
    if row["change"] != "entered":
        return f"{zh} {en}"
    why_zh, why_en = WHY_ENTERED[row["why_entered"]]
    return f"{zh}：{why_zh} {en}: {why_en}"


def bars(row: Mapping[str, Any], names: ReferenceNames) -> list[dict[str, Any]]:
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
            "zh": names.causes[group].zh,
            "en": names.causes[group].en,
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
