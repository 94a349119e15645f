"""Measures that fit: they serve a cause of the household, and it may get them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from register.reference import Measure

#: Features by name; what is not recorded counts as none.
Counts = Mapping[str, float]


@dataclass(frozen=True)
class Need:
    """How features tell that a need of measures.yaml is met.

    Attributes
    ----------
    reads : tuple of str
        The features.
    is_met : callable
        Takes them, a missing one as 0.
    """

    reads: tuple[str, ...]
    is_met: Callable[[Counts], bool]


def _has(name: str) -> Need:
    return Need((name,), lambda counts: counts[name] > 0)


def _has_child_of_compulsory_age(counts: Counts) -> bool:
    """Tell whether a child is at primary or middle school, or dropped out of it.

    Who studies, is under 18, is neither beyond compulsory school nor possibly at nursery school.
    """
    below = min(counts["n_students"] - counts["n_beyond_compulsory"], counts["n_under_18"])
    return counts["n_dropouts"] > 0 or below > counts["n_under_6"]


NEEDS: Mapping[str, Need] = {
    "student": _has("n_students"),
    "child_of_compulsory_age": Need(
        ("n_students", "n_beyond_compulsory", "n_under_18", "n_under_6", "n_dropouts"),
        _has_child_of_compulsory_age,
    ),
    "disabled": _has("n_disabled_members"),
    "able_to_work": _has("n_able_to_work"),
    "not_relocated": Need(("is_relocated",), lambda counts: counts["is_relocated"] == 0),
    "unsafe_house": _has("has_dangerous_house"),
    "unsafe_water": _has("has_unsafe_water"),
}
#: Every feature that a need reads.
NEED_FEATURES = tuple(dict.fromkeys(name for need in NEEDS.values() for name in need.reads))


def unmet_needs(facts: Mapping[str, Any], needs: Sequence[str]) -> list[str]:
    """Name the needs that a household does not meet.

    Parameters
    ----------
    facts : mapping of str to float or None
        Its features; a missing count is none.
    needs : sequence of str
        Names of `NEEDS`.

    Examples
    --------
    >>> unmet_needs({"n_able_to_work": 1.0, "is_relocated": 1.0}, ["able_to_work", "not_relocated"])
    ['not_relocated']
    """
    return [
        need
        for need in needs
        if not NEEDS[need].is_met({name: facts.get(name) or 0.0 for name in NEEDS[need].reads})
    ]


def fitting_measures(
    causes: Iterable[str], facts: Mapping[str, Any], measures: Mapping[str, Measure]
) -> list[str]:
    """Name the groups of measures to think of, in official order.

    Parameters
    ----------
    causes : iterable of str
        Causes of the household that help should serve.
    facts : mapping of str to float or None
        Its features.
    measures : mapping of str to Measure
        Reference data, in official order.

    Returns
    -------
    list of str
        Codes. A worker and a disabled member may be different people.
    """
    named = set(causes)
    return [
        code
        for code, measure in measures.items()
        if named & set(measure.serves) and not unmet_needs(facts, measure.needs)
    ]
