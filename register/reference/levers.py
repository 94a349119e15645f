"""What help can change at once, written in the features it would change."""

from pathlib import Path

from register.parameters import Section, parameter
from register.reference.cited import FOLDER, Named, entries
from register.reference.measures import MeasureCode


class Change(Section):
    """How help changes one feature."""

    feature: str = parameter("name of a declared feature", min_length=1)
    to: float | None = parameter("its value afterwards; null where it depends on what it is", default=None)
    times: float = parameter("multiplied by", default=1.0)
    add: float = parameter("added to what it is", default=0.0)
    of_feature: str = parameter("feature whose own value `add` is multiplied by", default="", alias="of")
    yuan_a_month: float = parameter(
        "added, as a share of the household's monthly needs", default=0.0, unit="yuan a month"
    )


class Lever(Named):
    """Help that changes features at once: its measure, whom it can be tried for, what it changes."""

    measure: MeasureCode = parameter("group of measures it belongs to")
    when: dict[str, float] = parameter("features, each with the least it is", min_length=1)
    changes: tuple[Change, ...] = parameter("what it changes", min_length=1)


def levers(path: Path = FOLDER / "levers.yaml") -> tuple[Lever, ...]:
    """Load the levers in the order they are tried.

    Raises
    ------
    ParamsError
        When one has no date or source, names an unknown measure or an unknown kind of change.
    """
    return tuple(entries(path, Lever))
