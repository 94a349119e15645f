"""Causes of return to poverty: today's, and the wordings of the older lists."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import model_validator

from register.parameters import OneOf, parameter
from register.reference.cited import FOLDER, Cited, Named, entries
from register.tables.households import HOUSEHOLDS
from register.tables.monitoring import CAUSES, CAUSES_FILE


class Cause(Named):
    """A cause of return to poverty, or (`kind` circumstance) what else risk is split over."""

    official_code: str = parameter("number of the official table; empty where none was found")
    kind: Literal["cause", "circumstance"] = parameter("what it is")

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        """Refuse a cause that the register's contract does not know."""
        if self.kind == "cause" and self.code not in CAUSES:
            raise ValueError(f"found cause {self.code!r}, allowed are {', '.join(CAUSES)}; mend it")
        return self


class OlderCause(Cited):
    """A cause of the 2014 and 2017 lists, in all its wordings."""

    wordings: tuple[str, ...] = parameter("how systems spell it", min_length=1)
    structural: Annotated[str, OneOf(HOUSEHOLDS.by_name["structural_cause"].codes)] = parameter(
        "code of households.structural_cause"
    )
    cause: Annotated[str, OneOf(("", *CAUSES))] = parameter("today's cause; empty where none corresponds")


def causes(path: Path = CAUSES_FILE) -> dict[str, Cause]:
    """Load causes, then circumstances, by code."""
    return {cause.code: cause for cause in entries(path, Cause)}


def older_causes(path: Path = FOLDER / "older_causes.yaml") -> dict[str, OlderCause]:
    """Load the causes of the older lists by wording."""
    return {wording: older for older in entries(path, OlderCause) for wording in older.wordings}
