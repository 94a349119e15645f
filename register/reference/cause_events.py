"""What counts as an event of a cause within a year, and what must be so for the cause to be named at all."""

from pathlib import Path
from typing import Annotated

from register.parameters import OneOf, parameter
from register.reference.cited import FOLDER, entries
from register.reference.conditions import Condition
from register.tables.monitoring import CAUSES


class OfCause(Condition):
    """A condition that belongs to an official cause."""

    cause: Annotated[str, OneOf(CAUSES)] = parameter("the cause it belongs to")


def cause_events(path: Path = FOLDER / "cause_events.yaml") -> tuple[OfCause, ...]:
    """Load the events: a cause has one where any of its entries is met.

    Raises
    ------
    ParamsError
        When an entry lacks a date, a source or a number to go by, or is of no official cause.

    Examples
    --------
    >>> [one.at_least for one in cause_events() if one.cause == "accident"]
    [{'n_accidents_12m': 1.0}]
    """
    return tuple(entries(path, OfCause))


def cause_needs(path: Path = FOLDER / "cause_needs.yaml") -> tuple[OfCause, ...]:
    """Load the official preconditions: a cause that has entries fits where any of them is met.

    Raises
    ------
    ParamsError
        As `cause_events`.
    """
    return tuple(entries(path, OfCause))
