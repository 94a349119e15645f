"""Which of the three groups is proposed for a household whose risk a visit confirmed."""

from pathlib import Path
from typing import Annotated

from register.parameters import OneOf, parameter
from register.reference.cited import FOLDER, Cited, entries
from register.tables.households import HOUSEHOLDS
from register.tables.monitoring import MONITORING


class ProposedGroup(Cited):
    """A rule: a household of `category` whose income is below the line or not is proposed for `group`."""

    group: Annotated[str, OneOf(tuple(MONITORING.by_name["group"].meanings))] = parameter(
        "code of monitoring.group"
    )
    category: Annotated[str, OneOf(tuple(HOUSEHOLDS.by_name["category"].meanings))] | None = parameter(
        "code of households.category; null of either"
    )
    is_below_line: bool = parameter("whether income a person is below the line in force")


def proposed_groups(path: Path = FOLDER / "proposed_groups.yaml") -> tuple[ProposedGroup, ...]:
    """Load the rules; no two of them speak for one household.

    Raises
    ------
    ParamsError
        When an entry lacks a date, a source or a known code.

    Examples
    --------
    >>> [one.group for one in proposed_groups() if one.is_below_line]
    ['unstable', 'marginal']
    """
    return tuple(entries(path, ProposedGroup))
