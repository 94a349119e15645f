"""What to check on a visit: questions of a cause, and of records that are missing or old."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import model_validator

from register.parameters import OneOf, parameter
from register.reference.cited import FOLDER, Named, entries
from register.tables import TABLES
from register.tables.monitoring import CAUSES


class Check(Named):
    """A question to ask, or what to look at, and of what."""

    cause: Annotated[str, OneOf(CAUSES)] | None = parameter("the official cause it belongs to, or null")
    table: Annotated[str, OneOf(tuple(TABLES))] | None = parameter(
        "the table whose newest record it is of, or null"
    )
    older_than_months: int | None = parameter(
        "the record is missing or older than so many months; null of a cause", unit="months", ge=1
    )

    @model_validator(mode="after")
    def _is_of_one_thing(self) -> Self:
        """Refuse an entry that is of a cause and of a record, or of neither."""
        is_whole = (self.table is None) == (self.older_than_months is None)
        if not is_whole or (self.cause is None) == (self.table is None):
            raise ValueError("write a cause, or a table with older_than_months, and null for the other")
        return self


def checks(path: Path = FOLDER / "checks.yaml") -> tuple[Check, ...]:
    """Load the questions, those of a cause in the order they are asked.

    Raises
    ------
    ParamsError
        When an entry lacks a date, a source, or what it is of.

    Examples
    --------
    >>> [one.code for one in checks() if one.cause == "water"]
    ['water_now', 'water_cut', 'water_repair']
    """
    return tuple(entries(path, Check))
