"""The official groups of measures: which causes each serves, and who may get it."""

from pathlib import Path
from typing import Annotated, Literal

from register.parameters import OneOf, parameter
from register.reference.cited import FOLDER, Named, entries
from register.tables.assistance import MEASURES
from register.tables.monitoring import CAUSES

#: What a household must have or be; the features that tell stand in watchlists/reasons/measures.py.
Need = Literal[
    "student",
    "child_of_compulsory_age",
    "disabled",
    "able_to_work",
    "not_relocated",
    "unsafe_house",
    "unsafe_water",
]
#: The code of a group of measures.
MeasureCode = Annotated[str, OneOf(MEASURES)]


class Measure(Named):
    """A group of measures; `is_development` (开发式) ones let people earn: who can work needs one of them."""

    code: MeasureCode = parameter("code of assistance.measure")
    official_code: str = parameter("number of the official table; empty where none was found")
    serves: tuple[Annotated[str, OneOf(CAUSES)], ...] = parameter("causes it serves")
    needs: tuple[Need, ...] = parameter("what must be so for a household to get it, every one of them")
    is_development: bool = parameter("whether it lets people earn (开发式)")


def measures(path: Path = FOLDER / "measures.yaml") -> dict[str, Measure]:
    """Load the groups of measures by code, in official order."""
    return {measure.code: measure for measure in entries(path, Measure)}
