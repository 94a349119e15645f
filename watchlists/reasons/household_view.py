"""Listed households as people read them: codes become words, causes become bars."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from features.declaration import GROUPS
from register.reference import AlertRule, Cause, Measure
from watchlists.reasons.cause_sentences import NEW_HERE, NONE_NAMED, aspect, bracketed
from watchlists.reasons.fact_words import factor
from watchlists.reasons.help import reminders
from watchlists.reasons.row_shape import has_year_behind, in_todays_shape
from watchlists.visits.change import WHY_ENTERED

LISTED_BY = {
    "rule": ("必访", "must visit"),
    "cover": ("最低覆盖", "reserved visit"),
    "risk": ("按风险", "by risk"),
    "order": ("按排序", "in order"),
}
#: In place of measures, where nothing says yet what they should serve.
CAUSE_FIRST = ("先核实原因，再定帮扶", "find the cause first")
#: Of what a published order counts, a part below it is not worth a bar.
LEAST = math.log(1.05)
#: So many standing weaknesses have room in a cell.
MOST_ASPECTS = 3
CHANGES = {"new": ("首次", "new"), "entered": ("新入列", "entered"), "stayed": ("仍在列", "stayed")}


@dataclass(frozen=True)
class ReferenceNames:
    """Reference data by code."""

    causes: Mapping[str, Cause]
    rules: Mapping[str, AlertRule]
    measures: Mapping[str, Measure]


def household_view(listed: Mapping[str, Any], names: ReferenceNames) -> dict[str, Any]:
    """Add ``<field>_shown`` texts, ``points``, ``reminders`` and ``bars`` to a watchlist row."""
    row = in_todays_shape(listed)
    reminded = reminders(row, names.measures)
    fitting_zh, fitting_en = _measures(row, names)
    return {
        **row,
        "listed_by_shown": " ".join(LISTED_BY[row["listed_by"]]),
        "change_shown": _changed(row),
        "rules_shown": "；".join(names.rules[code].zh for code in row["rules"]),
        "rules_shown_en": "; ".join(names.rules[code].en for code in row["rules"]),
        "main_cause_shown": "".join(_main_cause(row, names)),
        "vulnerability_shown": _vulnerability(row, names),
        "fitting_zh": fitting_zh,
        "fitting_en": fitting_en,
        "measures_shown": "".join([f"{fitting_zh}。", *(zh for zh, _ in reminded)]),
        "measures_shown_en": " ".join([f"{fitting_en}.", *(en for _, en in reminded)]),
        "points": list(zip(row["points_zh"], row["points_en"], strict=True)),
        "reminders": reminded,
        "bars": bars(row, names),
    }


def _main_cause(row: Mapping[str, Any], names: ReferenceNames) -> tuple[str, ...]:
    """Name the main cause and how sure it is, or say why none is named."""
    if row["main_cause"]:
        one, (sure_zh, sure_en) = names.causes[row["main_cause"]], bracketed(row["main_cause_confidence"])
        return (f"{one.zh} {one.en}", sure_zh, sure_en)
    if row["risk"] is None or row["is_older"]:
        return ()
    zh, en = NONE_NAMED if has_year_behind(row) else NEW_HERE
    return (f"{zh} {en}",)


def _vulnerability(row: Mapping[str, Any], names: ReferenceNames) -> str:
    """Name what makes the household vulnerable for long, the largest first."""
    aspects = [_aspect(group, names) for group in row["vulnerability"][:MOST_ASPECTS]]
    zh, en = "、".join(zh for zh, _ in aspects), ", ".join(en for _, en in aspects)
    return f"{zh} {en}".strip()


def _aspect(group: str, names: ReferenceNames) -> tuple[str, str]:
    return aspect(group, (names.causes[group].zh, names.causes[group].en))


def _measures(row: Mapping[str, Any], names: ReferenceNames) -> tuple[str, str]:
    """Name the measures that fit, and mark those in force already; none where no cause speaks for any."""
    fitting = [(names.measures[code], code in row["measures_in_force"]) for code in row["measures"]]
    if not fitting:
        return CAUSE_FIRST
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
    """Give the named causes and the standing weaknesses a bar each, the largest of each kind first.

    Returns
    -------
    list of dict
        ``zh, en``, ``kind`` (fresh, standing, counted), ``factor`` (text; of a named cause, or of
        what a published order counts, and of nothing else), ``width`` (percent of the scale,
        which is at least 2 log-odds long).
    """
    if row["risk"] is None or row["is_older"]:
        counted = [(group, row[f"phi_{group}"]) for group in GROUPS if row[f"phi_{group}"] >= LEAST]
        return _bars("counted", sorted(counted, key=lambda one: -one[1]), names)
    fresh = [(cause, row[f"fresh_{cause}"]) for cause in row["named_causes"]]
    standing = [(g, row[f"phi_{g}"] - (row[f"fresh_{g}"] or 0.0)) for g in row["vulnerability"]]
    return _bars("fresh", fresh, names) + _bars("standing", standing, names)


def _bars(kind: str, parts: Sequence[tuple[str, float]], names: ReferenceNames) -> list[dict[str, Any]]:
    scale = max([2.0, *(part for _, part in parts)])
    words = [_aspect(one, names) if kind == "standing" else _label(one, names) for one, _ in parts]
    return [
        {
            "zh": zh,
            "en": en,
            "kind": kind,
            "factor": "" if kind == "standing" else factor(part),
            "width": round(100 * part / scale, 1),
        }
        for (zh, en), (_, part) in zip(words, parts, strict=True)
    ]


def _label(cause: str, names: ReferenceNames) -> tuple[str, str]:
    return names.causes[cause].zh, names.causes[cause].en


def townships(county: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    """Split a county's list by township, in order of first appearance."""
    parts = county.partition_by("township_id", maintain_order=True)
    return [(part["township_id"][0], part) for part in parts]
