"""The records of a listed household on a day, by table, as they were known."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from register.shard import Shard
from register.tables import TABLES
from watchlists.household.people import Person, people_of

Row = Mapping[str, Any]

#: Tables whose records follow a person into another household, and those that stay with the house.
OF_PERSONS = ("health", "employment", "schooling")
OF_HOMES = ("shocks", "relocation", "housing", "water", "assistance", "monitoring")
#: What has happened is told of so many months.
YEAR = 12


@dataclass(frozen=True)
class Household:
    """What a register says of one household on a day.

    Attributes
    ----------
    day : date
    currency : str
        ISO 4217; "" where amounts are not told.
    people : tuple of Person
    facts : mapping
        Its features at the day.
    records : mapping of str to sequence of mapping
        Rows by table, the oldest first; of persons those of its members, wherever they lived.
    months_since : mapping of str to int
        Calendar months since the newest record of a table that grows old; absent without one.
    """

    day: date
    currency: str
    people: tuple[Person, ...]
    facts: Row
    records: Mapping[str, Sequence[Row]]
    months_since: Mapping[str, int]

    def of_year(self, table: str, *kinds: str, column: str = "kind") -> list[Row]:
        """List the records of the last twelve months of some kinds."""
        rows = self.records.get(table, ())
        return [row for row in rows if row["months_ago"] < YEAR and row[column] in kinds]

    def running(self, table: str) -> list[Row]:
        """List the spells that go on at the day."""
        rows = self.records.get(table, ())
        return [row for row in rows if row["ended_on"] is None or row["ended_on"] > self.day]

    def newest(self, table: str) -> Row | None:
        """Give the newest record of a table."""
        rows = self.records.get(table, ())
        return rows[-1] if rows else None

    def by_person(self, rows: Sequence[Row]) -> Iterator[tuple[Person, list[Row]]]:
        """Deal rows out to whom they are about, in the order of the members."""
        for person in self.people:
            own = [row for row in rows if row["member_id"] == person.member_id]
            if own:
                yield person, own


def households(
    shard: Shard,
    day: date,
    features: pl.DataFrame,
    household_ids: pl.Series,
    currency: str,
    ageing: Collection[str],
) -> dict[str, Household]:
    """Gather the records of some households.

    Parameters
    ----------
    shard : Shard
        A county's register.
    day : date
        Nothing recorded later is seen.
    features : DataFrame
        The county's features at the day.
    household_ids : Series
        Whose records, each once.
    currency : str
        ISO 4217.
    ageing : collection of str
        Tables whose newest records grow old.

    Returns
    -------
    dict of str to Household
        By household, one for every id.
    """
    people = people_of(shard, day, household_ids)
    home_of = {person.member_id: home for home, members in people.items() for person in members}
    records = {name: _of_persons(shard, name, day, home_of) for name in OF_PERSONS} | {
        name: _of_homes(shard, name, day, household_ids) for name in OF_HOMES
    }
    newest = {name: _months_since(shard, name, day, household_ids) for name in ageing}
    own = features.filter(pl.col("household_id").is_in(household_ids.implode()))
    facts = {row["household_id"]: row for row in own.iter_rows(named=True)}
    return {
        one: Household(
            day,
            currency,
            people.get(one, ()),
            facts.get(one, {}),
            {name: rows.get(one, ()) for name, rows in records.items()},
            {name: months[one] for name, months in newest.items() if one in months},
        )
        for one in household_ids
    }


def _months_since(shard: Shard, name: str, day: date, household_ids: pl.Series) -> dict[str, int]:
    rows = shard.view(name, day).filter(pl.col("household_id").is_in(household_ids.implode()))
    return dict(rows.group_by("household_id").agg(pl.col("months_ago").min()).iter_rows())


def _of_persons(shard: Shard, name: str, day: date, home_of: Mapping[str, str]) -> dict[str, list[Row]]:
    members = pl.Series(list(home_of), dtype=pl.String())
    rows = shard.view(name, day).filter(pl.col("member_id").is_in(members.implode()))
    return _dealt(name, rows, lambda row: home_of[row["member_id"]])


def _of_homes(shard: Shard, name: str, day: date, household_ids: pl.Series) -> dict[str, list[Row]]:
    rows = shard.view(name, day).filter(pl.col("household_id").is_in(household_ids.implode()))
    return _dealt(name, rows, lambda row: row["household_id"])


def _dealt(name: str, rows: pl.DataFrame, home: Callable[[Row], str]) -> dict[str, list[Row]]:
    dealt: dict[str, list[Row]] = defaultdict(list)
    for row in rows.sort(TABLES[name].event, *TABLES[name].key).iter_rows(named=True):
        dealt[home(row)].append(row)
    return dealt
