"""The eight kinds of households a village visits first (八必访), read off features."""

from pathlib import Path
from typing import Self

from pydantic import model_validator

from register.parameters import parameter
from register.reference.cited import FOLDER, Worded, entries


class PriorityVisit(Worded):
    """One way to be of a `kind`: every feature `at_least` so much, or `below` so much."""

    kind: str = parameter("which of the eight", min_length=1)
    at_least: dict[str, float] = parameter("features, each with the least it is")
    below: dict[str, float] = parameter("features, each with what it stays below")

    @model_validator(mode="after")
    def _has_a_number(self) -> Self:
        """Refuse an entry that every household would meet."""
        if not self.at_least and not self.below:
            raise ValueError("no number to go by; write at_least or below: {FEATURE: NUMBER}")
        return self


def priority_visits(path: Path = FOLDER / "priority_visits.yaml") -> tuple[PriorityVisit, ...]:
    """Load the priority visits in the order of the file.

    Raises
    ------
    ParamsError
        When an entry lacks a date, a source or a number to go by.
    """
    return tuple(entries(path, PriorityVisit))
