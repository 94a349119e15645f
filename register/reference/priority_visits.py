"""The eight kinds of households a village visits first (八必访), read off features."""

from pathlib import Path

from register.parameters import parameter
from register.reference.cited import FOLDER, entries
from register.reference.conditions import Condition


class PriorityVisit(Condition):
    """One way to be of a `kind`."""

    kind: str = parameter("which of the eight", min_length=1)


def priority_visits(path: Path = FOLDER / "priority_visits.yaml") -> tuple[PriorityVisit, ...]:
    """Load the priority visits in the order of the file.

    Raises
    ------
    ParamsError
        When an entry lacks a date, a source or a number to go by.
    """
    return tuple(entries(path, PriorityVisit))
