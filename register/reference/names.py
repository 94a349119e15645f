"""What the mechanism and its groups are called at a date."""

from datetime import date
from pathlib import Path

from register.reference.cited import FOLDER, Named, entries


class Name(Named):
    """A name and since when it has been in use."""


def names(path: Path = FOLDER / "names.yaml") -> tuple[Name, ...]:
    """Load every name, old and new, by code and date."""
    return tuple(sorted(entries(path, Name), key=lambda one: (one.code, one.effective_from)))


def names_on(day: date, path: Path = FOLDER / "names.yaml") -> dict[str, Name]:
    """Give the names in force at a date, by code; what did not exist yet is left out.

    Examples
    --------
    >>> names_on(date(2026, 3, 31))["mechanism"].zh
    '常态化精准帮扶'
    """
    return {name.code: name for name in names(path) if name.effective_from <= day}
