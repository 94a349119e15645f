"""The thresholds of the checks: dated, cited, with a unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from register.errors import ContractError
from register.reference.load import FOLDER, cited_rows


@dataclass(frozen=True)
class Limit:
    """One threshold as one document set it."""

    name: str
    value: float
    unit: str
    zh: str
    en: str
    effective_from: date
    source: str


def limits(path: Path = FOLDER / "consistency.yaml") -> list[Limit]:
    """Load all thresholds, in the order of the file.

    Raises
    ------
    ContractError
        When one lacks its date, source or another field, or its value is no number.
    """
    loaded = [Limit(**row) for row in cited_rows(path, ("name", "value", "unit", "zh", "en"))]
    for limit in loaded:
        if isinstance(limit.value, bool) or not isinstance(limit.value, int | float):
            raise ContractError(
                f"{path.name}: entry {limit.name!r}: found {limit.value!r}, allowed is a number; mend it"
            )
    return loaded


@cache
def limits_on(day: date) -> Mapping[str, float]:
    """Give the thresholds in force, the latest one where several are; the first before any."""
    ordered = sorted(limits(), key=lambda limit: limit.effective_from, reverse=True)
    earliest = {limit.name: float(limit.value) for limit in ordered}
    in_force = {limit.name: float(limit.value) for limit in reversed(ordered) if limit.effective_from <= day}
    return earliest | in_force
