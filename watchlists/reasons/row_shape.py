"""A household's row of scores or list in today's shape, also of a release from before causes were named."""

from collections.abc import Mapping
from typing import Any

from features.declaration import CAUSES, CIRCUMSTANCES, GROUPS
from watchlists.visits.season_visits import KNOWN


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


#: What a page says besides `now`, and lists from before there were pages do not.
_UNSAID = tuple(
    f"{name}_{tongue}" for name in ("people", "standing", "help", "fits") for tongue in ("zh", "en")
)


def with_page(row: Mapping[str, Any]) -> dict[str, Any]:
    """Let the reasons of an older list stand in place of the page that it lacks.

    Examples
    --------
    >>> with_page({"points_zh": ["因病。"], "points_en": ["Illness."]})["now_zh"]
    ['因病。']
    """
    nothing: dict[str, Any] = {name: [] for name in (*_UNSAID, "checks")}
    unknown = dict.fromkeys(("category", "monitored_group", "n_people", *KNOWN))
    reasons = {"now_zh": row.get("points_zh") or [], "now_en": row.get("points_en") or []}
    return {**reasons, **unknown, **nothing, **row}


def has_year_behind(row: Mapping[str, Any]) -> bool:
    """Tell whether the household was in the register a year ago, so that a change can be told."""
    return row[f"fresh_{CAUSES[0]}"] is not None


def worst_circumstance(fresh: Mapping[str, float | None], least: float) -> list[str]:
    """Name the circumstance that raised the risk most within the year; none where it was less than `least`.

    A fall of the level of income is no official cause; it is told all the same, or the largest
    part would go unsaid.

    Examples
    --------
    >>> worst_circumstance({"income": 0.9, "household": 0.2, "illness": 2.0}, 0.05)
    ['income']
    """
    raised = {one: fresh.get(one) or 0.0 for one in CIRCUMSTANCES}
    worst = max(raised, key=lambda one: raised[one])
    return [worst] if raised[worst] >= least else []
