"""Waves of a panel: what each is called in the files, and the day its answers hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from register.cells.dates import day_of
from register.errors import ParamsError
from register.seasons import months_later, season_end, season_of, seasons_between

ALLOWED = (
    "a year (its last day), a quarter such as 2009Q4, a month such as 2009-10 or a day such as 2009-10-31"
)
#: A whole number that a program wrote with a point: the same name of a wave, the same code.
POINT = r"^([+-]?[0-9]+)\.0+$"


@dataclass(frozen=True)
class Wave:
    """One wave.

    Attributes
    ----------
    name : str
        As the mapping calls it.
    day : date
        Last day of the quarter that its answers are dated to.
    names : tuple of str
        All that files may call it: `name` first.
    """

    name: str
    day: date
    names: tuple[str, ...]

    @property
    def begins(self) -> date:
        """First day of its quarter."""
        return months_later(self.day, -2).replace(day=1)

    @property
    def ends(self) -> date:
        """First day after its quarter."""
        return months_later(self.day, 1).replace(day=1)


def quarter_end(when: str) -> date | None:
    """Give the last day of the quarter that a text means; None where it means none.

    Examples
    --------
    >>> quarter_end("2009"), quarter_end("2009-08"), quarter_end("2009Q1"), quarter_end("2009/10")
    (datetime.date(2009, 12, 31), datetime.date(2009, 9, 30), datetime.date(2009, 3, 31), None)
    """
    if re.fullmatch(r"(19|20)\d\d", when):
        return date(int(when), 12, 31)
    if re.fullmatch(r"(19|20)\d\dQ[1-4]", when):
        return season_end(when)
    if re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", when):
        return season_end(season_of(date(int(when[:4]), int(when[5:]), 1)))
    day = day_of(when)
    return season_end(season_of(day)) if day else None


def waves_of(place: str, whens: Mapping[str, tuple[str, tuple[str, ...]]]) -> tuple[Wave, ...]:
    """Date the waves, in the order of time.

    Parameters
    ----------
    place : str
        Where they stand, for the message.
    whens : mapping of str to tuple
        By name: when it was, and its other names.

    Raises
    ------
    ParamsError
        When a date is none, two waves share a quarter, or a name stands for two.
    """
    waves, called = [], dict[str, str]()
    for name, (when, others) in whens.items():
        day = quarter_end(when)
        if day is None:
            raise ParamsError(f"{place}: waves.{name}: found {when!r}, allowed is {ALLOWED}; mend it")
        waves.append(Wave(name, day, (name, *others)))
        for one in (name, *others):
            if called.setdefault(one, name) != name:
                raise ParamsError(f"{place}: waves: {one!r} names both {called[one]} and {name}; mend it")
    waves.sort(key=lambda one: one.day)
    for early, late in pairwise(waves):
        if early.day == late.day:
            raise ParamsError(
                f"{place}: waves: {early.name} and {late.name} lie in one quarter, {season_of(early.day)}; "
                "date them apart, or make one wave of both"
            )
    return tuple(waves)


def longest_gap(waves: tuple[Wave, ...]) -> int:
    """Give the months from a wave to the next one, at most; a year where there is one wave.

    Examples
    --------
    >>> longest_gap(waves_of("panel.yaml", {"a": ("2009", ()), "b": ("2012", ()), "c": ("2014", ())}))
    36
    """
    days = [one.day for one in waves]
    gaps = [3 * (len(seasons_between(season_of(one), season_of(other))) - 1) for one, other in pairwise(days)]
    return max(gaps, default=12)
