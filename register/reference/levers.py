"""What help can change at once, written in the features it would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from register.errors import ContractError
from register.reference.load import FOLDER, allowed_only, cited_rows
from register.tables.assistance import MEASURES


@dataclass(frozen=True)
class Change:
    """How help changes one feature.

    Attributes
    ----------
    feature : str
        Name of a declared feature.
    to : float or None
        Its value afterwards; None where it depends on what it is.
    times, add : float
        Multiplied by and added to what it is.
    of : str
        Feature whose own value `add` is multiplied by, "" for one.
    yuan_a_month : float
        Added, as a share of the household's monthly needs.
    """

    feature: str
    to: float | None = None
    times: float = 1.0
    add: float = 0.0
    of: str = ""
    yuan_a_month: float = 0.0


@dataclass(frozen=True)
class Lever:
    """Help that changes features at once: its measure, whom it can be tried for, what it changes."""

    code: str
    zh: str
    en: str
    measure: str
    when: Mapping[str, float]
    changes: tuple[Change, ...]
    effective_from: date
    source: str


def levers(path: Path = FOLDER / "levers.yaml") -> tuple[Lever, ...]:
    """Load the levers in the order they are tried.

    Raises
    ------
    ContractError
        When a row has no date or source, names an unknown measure or an unknown kind of change.
    """
    return tuple(
        _lever(path, row) for row in cited_rows(path, ("code", "zh", "en", "measure", "when", "changes"))
    )


def _lever(path: Path, row: Mapping[str, Any]) -> Lever:
    allowed_only(path, row["code"], "measure", [row["measure"]], MEASURES)
    return Lever(**{**row, "changes": _changes(path, row["code"], row["changes"])})


def _changes(path: Path, code: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Change, ...]:
    for row in rows:
        stray = sorted(set(row) - set(Change.__annotations__))
        if stray or "feature" not in row:
            raise ContractError(
                f"{path.name}: lever {code!r} has a change with {stray or 'no feature'}, allowed are "
                f"{sorted(Change.__annotations__)}; correct the file"
            )
    return tuple(Change(**row) for row in rows)
