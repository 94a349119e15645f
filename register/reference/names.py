"""What the mechanism and its groups are called at a date."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from register.reference.load import FOLDER, cited_rows


@dataclass(frozen=True)
class Name:
    """A name and since when it has been in use."""

    code: str
    zh: str
    en: str
    effective_from: date
    source: str


def names(path: Path = FOLDER / "names.yaml") -> tuple[Name, ...]:
    """Load every name, old and new, by code and date."""
    loaded = [Name(**row) for row in cited_rows(path, ("code", "zh", "en"))]
    return tuple(sorted(loaded, key=lambda one: (one.code, one.effective_from)))


def names_on(day: date, path: Path = FOLDER / "names.yaml") -> dict[str, Name]:
    """Give the names in force at a date, by code; what did not exist yet is left out.

    Examples
    --------
    >>> names_on(date(2026, 3, 31))["mechanism"].zh
    '常态化精准帮扶'
    """
    return {name.code: name for name in names(path) if name.effective_from <= day}
