"""Rules under which households are put under monitoring: they changed, and with them what a label says."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from register.parameters import parameter
from register.reference.cited import FOLDER, Named, Status, entries


class MonitoringRegime(Named):
    """One set of rules, in force from a day until the next begins."""

    is_comparable: bool = parameter("whether an identification means the same as under the rules before")
    status: Status = parameter("what a document says of it")


@cache
def monitoring_regimes(path: Path = FOLDER / "monitoring_regimes.yaml") -> tuple[MonitoringRegime, ...]:
    """Load the regimes, oldest first."""
    return tuple(sorted(entries(path, MonitoringRegime), key=lambda one: one.effective_from))


def regimes_between(
    regimes: Sequence[MonitoringRegime], first: date, last: date
) -> tuple[MonitoringRegime, ...]:
    """Give those in force on some day from `first` to `last`, both included, oldest first."""
    ends = [*(one.effective_from for one in regimes[1:]), date.max]
    return tuple(
        one for one, end in zip(regimes, ends, strict=True) if one.effective_from <= last and end > first
    )


def comparable_since(regimes: Sequence[MonitoringRegime], day: date) -> date:
    """Say since when identifications mean what they mean on a day.

    Examples
    --------
    >>> comparable_since(monitoring_regimes(), date(2026, 3, 31))
    datetime.date(2021, 1, 1)
    """
    breaks = [one.effective_from for one in regimes if not one.is_comparable]
    return max((one for one in breaks if one <= day), default=breaks[0] if breaks else date.min)
