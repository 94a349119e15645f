"""The thresholds of the checks: dated, cited, with a unit."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from register.parameters import parameter
from register.reference.cited import FOLDER, Worded, entries


class Limit(Worded):
    """One threshold as one document set it."""

    name: str = parameter("what a check calls it", min_length=1)
    value: float = parameter("the threshold")
    unit: str = parameter("of the value", min_length=1)


def limits(path: Path = FOLDER / "consistency.yaml") -> list[Limit]:
    """Load all thresholds, in the order of the file.

    Raises
    ------
    ParamsError
        When one lacks its date, source or another field, or its value is no number.
    """
    return entries(path, Limit)


@cache
def limits_on(day: date) -> Mapping[str, float]:
    """Give the thresholds in force, the latest one where several are; the first before any."""
    ordered = sorted(limits(), key=lambda limit: limit.effective_from, reverse=True)
    earliest = {limit.name: limit.value for limit in ordered}
    in_force = {limit.name: limit.value for limit in reversed(ordered) if limit.effective_from <= day}
    return earliest | in_force
