"""The eight kinds of households a village visits first (八必访), read off features."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from register.errors import ContractError
from register.reference.load import FOLDER, cited_rows

_NAMES = ("kind", "zh", "en", "at_least", "below")


@dataclass(frozen=True)
class PriorityVisit:
    """One way to be of a `kind`: every feature `at_least` so much, or `below` so much."""

    kind: str
    zh: str
    en: str
    at_least: Mapping[str, float]
    below: Mapping[str, float]
    effective_from: date
    source: str


def priority_visits(path: Path = FOLDER / "priority_visits.yaml") -> tuple[PriorityVisit, ...]:
    """Load the priority visits in the order of the file.

    Raises
    ------
    ContractError
        When an entry lacks a date, a source or a number to go by.
    """
    loaded = tuple(PriorityVisit(**row) for row in cited_rows(path, _NAMES))
    for visit in loaded:
        numbers = [*visit.at_least.values(), *visit.below.values()]
        if not numbers or not all(isinstance(number, int | float) for number in numbers):
            raise ContractError(
                f"{path.name}: entry {visit.kind!r} has no number to go by; write at_least or below: "
                "{FEATURE: NUMBER}"
            )
    return loaded
