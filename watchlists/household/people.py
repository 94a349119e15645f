"""Who lives in a household on a day, and what each is called: relation and age, never a name."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from register.shard import Shard

Sentence = tuple[str, str]

#: Relations to the head, as they are said; `register.tables.members` has the form's own words.
RELATIONS: Mapping[str | None, Sentence] = {
    "head": ("户主", "head"),
    "spouse": ("配偶", "spouse"),
    "child": ("子女", "child"),
    "parent": ("长辈", "parent"),
    "grandchild": ("孙子女", "grandchild"),
    "other": ("其他成员", "other member"),
    None: ("成员", "member"),
}
#: Whoever is nearer to the head is named first.
_ORDER = tuple(RELATIONS)
#: Who the form says can work (100A14).
ABLE = ("skilled", "ordinary", "weak")
#: Who can work, but less.
WEAK = "weak"
#: From this age on a person counts as old (DOMAIN 4, households of old people alone).
OLD = 60
#: Below it nobody works (DOMAIN 3.6).
WORKING = 16


@dataclass(frozen=True)
class Person:
    """A member of a household on a day.

    Attributes
    ----------
    relation, labour : str or None
        Codes of the register; None where nothing is recorded.
    age : int
        Completed years.
    has_certificate : bool
        Of a disability.
    """

    member_id: str
    relation: str | None
    age: int
    labour: str | None
    has_certificate: bool

    @property
    def who(self) -> Sentence:
        """Say whom a fact is about.

        Examples
        --------
        >>> Person("a", "spouse", 52, "ordinary", False).who
        ('配偶（52岁）', 'spouse (52)')
        """
        zh, en = RELATIONS[self.relation]
        return f"{zh}（{self.age}岁）", f"{en} ({self.age})"

    @property
    def is_able(self) -> bool:
        """Whether the form says that the person can work, if less than others."""
        return self.labour in ABLE


def people_of(shard: Shard, day: date, household_ids: pl.Series) -> dict[str, tuple[Person, ...]]:
    """List the members of households on a day, the head first, then by relation and age.

    Parameters
    ----------
    shard : Shard
        A county's register.
    day : date
        Nothing recorded later is seen.
    household_ids : Series
        Whose members.

    Returns
    -------
    dict of str to tuple of Person
        By household; households without a member on record are absent.
    """
    own = shard.view("members", day).filter(pl.col("household_id").is_in(household_ids.implode()))
    living: dict[str, list[Person]] = defaultdict(list)
    for row in own.iter_rows(named=True):
        living[row["household_id"]].append(
            Person(
                row["member_id"],
                row["relation"],
                _years(row["birth_date"], day),
                row["labour"],
                bool(row["has_disability_certificate"]),
            )
        )
    return {one: tuple(sorted(people, key=_place)) for one, people in living.items()}


def _place(person: Person) -> tuple[int, int, str]:
    return _ORDER.index(person.relation), -person.age, person.member_id


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
