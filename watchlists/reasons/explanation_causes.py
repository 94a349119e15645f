"""What an explanation says of causes: parts standing and fresh, what is named, what is forecast."""

import math
from collections.abc import Mapping
from typing import Any

from features.declaration import CAUSES, GROUPS, Feature, declared_features
from register.reference import Cause
from watchlists.reasons.feature_words import value_words
from watchlists.reasons.row_shape import has_year_behind


def labelled(one: Any, code: str) -> dict[str, str]:  # noqa: ANN401 - a cause, a rule or a measure
    """Give a code with what people call it."""
    return {"code": code, "zh": one.zh, "en": one.en}


def parts(row: Mapping[str, Any], causes: Mapping[str, Cause]) -> list[dict[str, Any]]:
    """List every group's part, the largest first, with what stands behind it.

    Returns
    -------
    list of dict
        ``log_odds = standing + fresh``; both missing in older releases and under a published order,
        ``fresh`` also of a household without a year behind it, whose standing part is the whole.
    """
    ordered = sorted(GROUPS, key=lambda group: (-row[f"phi_{group}"], GROUPS.index(group)))
    return [
        {
            **labelled(causes[group], group),
            "is_cause": group in CAUSES,
            "log_odds": row[f"phi_{group}"],
            "odds_factor": math.exp(row[f"phi_{group}"]),
            "standing": standing(row, group),
            "fresh": row[f"fresh_{group}"],
            "evidence": [_evidence(one) for one in row.get("evidence", []) if one["group"] == group],
        }
        for group in ordered
    ]


def standing(row: Mapping[str, Any], group: str) -> float | None:
    """Give what is of long standing in a group's part; None where nothing tells it apart."""
    if row["is_older"] or row["risk"] is None:
        return None
    whole: float = row[f"phi_{group}"]
    return whole - (row[f"fresh_{group}"] or 0.0)


def naming(row: Mapping[str, Any], causes: Mapping[str, Cause]) -> dict[str, Any]:
    """Say what is named, how sure that is, what happened, what is weak, what such households fell by."""
    is_split = not row["is_older"] and row["risk"] is not None
    return {
        "has_year_behind": has_year_behind(row) if is_split else None,
        "events": [labelled(causes[cause], cause) for cause in row["events"]],
        "named_causes": [labelled(causes[cause], cause) for cause in row["named_causes"]],
        "confidence": row["main_cause_confidence"],
        "vulnerability": [labelled(causes[group], group) for group in row["vulnerability"]],
        "forecast": _forecast(row, causes),
    }


def _forecast(row: Mapping[str, Any], causes: Mapping[str, Cause]) -> list[dict[str, Any]]:
    """List what such households were found to fall by, the commonest first; nothing where it is not used."""
    shares = {cause: row[f"forecast_{cause}"] for cause in CAUSES}
    if row["risk"] is None or any(share is None for share in shares.values()):
        return []
    ordered = sorted(CAUSES, key=lambda cause: (-shares[cause], CAUSES.index(cause)))
    return [
        {**labelled(causes[cause], cause), "share": shares[cause], "risk": row["risk"] * shares[cause]}
        for cause in ordered
    ]


def _evidence(one: Mapping[str, Any]) -> dict[str, Any]:
    feature = {known.name: known for known in declared_features()}[one["feature"]]
    before = one.get("a_year_ago")  # older releases do not say
    return {
        "feature": feature.name,
        "zh": feature.zh,
        "en": feature.en,
        "unit": feature.unit,
        "value": one["value"],
        "county_median": one["median"],
        "a_year_ago": before,
        "is_fresh": one.get("is_fresh"),
        "newest_record": one["recorded"].isoformat() if one["recorded"] else None,
        "value_shown": _in_words(feature, one["value"]),
        "county_median_shown": _in_words(feature, one["median"]),
        "a_year_ago_shown": None if before is None else _in_words(feature, before),
    }


def _in_words(feature: Feature, value: float) -> dict[str, str]:
    zh, en = value_words(feature, value)
    return {"zh": zh, "en": en}
