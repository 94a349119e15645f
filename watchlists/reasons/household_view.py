"""Listed households as people read them: codes become words, in the language of the sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from register.reference import AlertRule, Cause, Check, Measure
from register.tables import TABLES
from watchlists.language import Language, english, in_language
from watchlists.reasons.help import reminders
from watchlists.reasons.row_shape import in_todays_shape, with_page
from watchlists.visits.change import WHY_ENTERED
from watchlists.visits.off_list import UNLISTED
from watchlists.visits.season_visits import VISITED

LISTED_BY = {
    "rule": ("必访", "must visit"),
    "cover": ("最低覆盖", "reserved visit"),
    "risk": ("按风险", "by risk"),
    "order": ("按排序", "in order"),
}
#: In place of measures, where nothing says yet what they should serve.
CAUSE_FIRST = ("先核实原因，再定帮扶", "find the cause first")
NO_HELP = ("无", "none")
CHANGES = {
    "new": ("首次", "new"),
    "entered": ("新入列", "entered"),
    "stayed": ("仍在列", "stayed"),
    "left": ("此前在列", "was on the list before"),
    UNLISTED: ("未入列", "not listed"),
}
#: Official words of the register's codes, with English ones (register/tables).
CATEGORY = TABLES["households"].by_name["category"].meanings
CATEGORY_EN = {"lifted_out": "lifted out", "ordinary": "ordinary"}
GROUP = TABLES["monitoring"].by_name["group"].meanings
RESULT = TABLES["lookbacks"].by_name["result"].meanings
GROUP_EN = {"unstable": "unstable", "marginal": "marginal", "sudden": "sudden hardship"}

Pair = tuple[str, str]


@dataclass(frozen=True)
class ReferenceNames:
    """Reference data by code."""

    causes: Mapping[str, Cause]
    rules: Mapping[str, AlertRule]
    measures: Mapping[str, Measure]
    checks: Mapping[str, Check]


def household_view(listed: Mapping[str, Any], names: ReferenceNames, language: Language) -> dict[str, Any]:
    """Add to a watchlist row what people read.

    Returns
    -------
    dict
        The row with ``people, now, standing, check, help, fits``, each a list of texts, and
        ``type_shown, village_shown, township_shown, listed_by_shown, change_shown, visited_shown``,
        each a text, and ``is_visited``: a visit of the season has met somebody.
    """
    row = with_page(in_todays_shape(listed))
    points = {
        "people": _pairs(row, "people"),
        "now": _pairs(row, "now"),
        "standing": _pairs(row, "standing"),
        "check": [(names.checks[code].zh, names.checks[code].en) for code in row["checks"]],
        "help": [*(_pairs(row, "help") or [NO_HELP]), *reminders(row, names.measures)],
        "fits": _pairs(row, "fits") or _measures(row, names) or [CAUSE_FIRST],
    }
    return {
        **row,
        "village_shown": row["village_name"] or row["village_id"],
        "township_shown": row.get("township_name") or row["township_id"],
        "type_shown": in_language(_type(row), language),
        "listed_by_shown": in_language(LISTED_BY[row["listed_by"]], language),
        "change_shown": in_language(_changed(row), language),
        "visited_shown": in_language(_visited(row), language) if row["visit_result"] else "",
        "is_visited": row["visit_result"] in VISITED,
        **{name: [in_language(pair, language) for pair in pairs] for name, pairs in points.items()},
    }


def _pairs(row: Mapping[str, Any], name: str) -> list[Pair]:
    return list(zip(row[f"{name}_zh"], row[f"{name}_en"], strict=True))


def _measures(row: Mapping[str, Any], names: ReferenceNames) -> list[Pair]:
    """Name the measures that fit, of a list from before it said for whom."""
    return [(names.measures[code].zh, names.measures[code].en) for code in row["measures"]]


def _type(row: Mapping[str, Any]) -> Pair:
    """Say what kind of household it is, of how many, and in which group it was once monitored."""
    category, people, group = row["category"], row["n_people"], row["monitored_group"]
    parts = [
        *([(CATEGORY[category], CATEGORY_EN[category])] if category else []),
        *([(f"{people}口人", f"{people} persons")] if people else []),
        *([(f"曾是{GROUP[group]}", f"once monitored: {GROUP_EN[group]}")] if group else []),
    ]
    return "，".join(zh for zh, _ in parts), ", ".join(en for _, en in parts)


def _changed(row: Mapping[str, Any]) -> Pair:
    """Say what changed since last season, and why a household entered."""
    zh, en = CHANGES[row["change"]]
    if row["change"] != "entered":
        return zh, en
    why_zh, why_en = WHY_ENTERED[row["why_entered"]]
    return f"{zh}：{why_zh}", f"{en}: {why_en}"


def _visited(row: Mapping[str, Any]) -> Pair:
    """Say what the last visit of the season found, and when."""
    day, result = row["last_visit_on"].isoformat(), row["visit_result"]
    return f"{day} {RESULT[result]}", f"{day} {english(result)}"


def townships(county: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    """Split a county's list by township, in order of first appearance."""
    parts = county.partition_by("township_id", maintain_order=True)
    return [(part["township_id"][0], part) for part in parts]
