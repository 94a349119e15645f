"""Which household is meant: by its id or own number, or by the one householder of that name in a village."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from watchlists.lookbacks.off_list.words import (
    NO_NAMES,
    NO_SUCH_NAME,
    NO_VILLAGE,
    NOBODY,
    OTHER_NAME,
    SEVERAL,
    UNKNOWN,
)
from watchlists.lookbacks.own_numbers import KeptId
from watchlists.lookbacks.words import reason_and_step

#: Who lives where: what a household is made out by. ``head`` is missing where nobody is named.
ROLL = dict.fromkeys(
    ("household_id", "county_id", "township_id", "village_id", "village_name", "head"), pl.String()
)
#: Dots inside names of minorities, as keyboards have them, and as the register should.
DOTS = str.maketrans(dict.fromkeys("•・‧∙.．●", "·"))
#: What villages are called behind their names, or not.
VILLAGE = re.compile(r"(村民委员会|村委会|行政村|社区|村)$")

Reason = tuple[str, str]


@dataclass(frozen=True)
class Meant:
    """A household that a row means: its id and county, or the reason why none could be made out."""

    household_id: str | None = None
    county_id: str | None = None
    reason: Reason | None = None


def person(name: str) -> str:
    """Write a name alike however it was typed.

    Examples
    --------
    >>> person(" 张　三 "), person("阿依•古丽")
    ('张三', '阿依·古丽')
    """
    return "".join(unicodedata.normalize("NFKC", name).split()).translate(DOTS)


def village(name: str) -> str:
    """Write a village's name or id alike, with what it is called behind or without.

    Examples
    --------
    >>> village("大河村委会") == village("大河 村") == village("大河")
    True
    """
    return VILLAGE.sub("", person(name).casefold())


def meant(row: Mapping[str, str | None], roll: pl.DataFrame, kept_id: KeptId) -> Meant:
    """Make out the household of a row.

    Parameters
    ----------
    row : mapping
        ``household_id`` (id or own number), ``head``, ``village``; as written, or None.
    roll : DataFrame
        `ROLL` of the counties it may live in.
    kept_id : callable
        Gives the id that an own number stands for.

    Returns
    -------
    Meant
        A household only where exactly one is meant; an id and a name must agree.
    """
    number, head, place = (row[name] for name in ("household_id", "head", "village"))
    if number:
        return _by_number(number, head, roll, kept_id)
    if not head:
        return Meant(reason=NOBODY)
    if not place:
        return Meant(reason=NO_VILLAGE)
    if not roll["head"].count():
        return Meant(reason=NO_NAMES)
    return _by_name(head, place, roll)


def heads_named(roll: pl.DataFrame, name: str) -> pl.DataFrame:
    """Keep the households whose head has a name."""
    wanted = person(name)
    named = [one is not None and person(one) == wanted for one in roll["head"]]
    return roll.filter(pl.Series(named, dtype=pl.Boolean()))


def _by_number(number: str, head: str | None, roll: pl.DataFrame, kept_id: KeptId) -> Meant:
    homes = roll.filter(pl.col("household_id").is_in([number, kept_id(number)]))
    if homes.is_empty():
        return Meant(reason=UNKNOWN)
    if head and homes["head"].count() and heads_named(homes, head).is_empty():
        return Meant(reason=OTHER_NAME)
    return Meant(*homes.select("household_id", "county_id").row(0))


def _by_name(head: str, place: str, roll: pl.DataFrame) -> Meant:
    named = heads_named(roll, head)
    wanted = village(place)
    here = [
        any(village(one or "") == wanted for one in names)
        for names in named.select("village_id", "village_name").iter_rows()
    ]
    homes = named.filter(pl.Series(here, dtype=pl.Boolean()))
    if homes.is_empty():
        return Meant(reason=NO_SUCH_NAME)
    if len(homes) > 1:
        return Meant(reason=reason_and_step(SEVERAL, n=len(homes)))
    return Meant(*homes.select("household_id", "county_id").row(0))
