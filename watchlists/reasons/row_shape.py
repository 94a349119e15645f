"""A household's row of scores or list in today's shape, also of a release from before causes were named."""

from collections.abc import Mapping
from typing import Any

from features.declaration import CAUSES, GROUPS


def in_todays_shape(row: Mapping[str, Any]) -> dict[str, Any]:
    """Add what a row of an older release lacks, and say whether it is one (``is_older``).

    Older releases named the cause with the largest part and knew no events, no fresh parts
    and no forecast; the one they named stays named, without more.

    Examples
    --------
    >>> in_todays_shape({"main_cause": "illness"})["named_causes"]
    ['illness']
    """
    unsaid = dict.fromkeys((*(f"forecast_{cause}" for cause in CAUSES), "main_cause_confidence"))
    if "named_causes" in row:
        return {**unsaid, **row, "is_older": False}
    named = [row["main_cause"]] if row["main_cause"] else []
    return {
        **unsaid,
        **row,
        **{f"fresh_{group}": None for group in GROUPS},
        "named_causes": named,
        "events": [],
        "vulnerability": [],
        "is_older": True,
    }


def has_year_behind(row: Mapping[str, Any]) -> bool:
    """Tell whether the household was in the register a year ago, so that a change can be told."""
    return row[f"fresh_{CAUSES[0]}"] is not None
