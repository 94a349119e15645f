"""The rows of a month's papers, as people read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from watchlists.language import Language, in_language
from watchlists.monthly.masking import masked
from watchlists.monthly.month import Month
from watchlists.monthly.words import (
    CAME_BY,
    NOT_VISITED,
    UNKNOWN,
    Pair,
    category_words,
    cause_words,
    group_words,
    joined,
    measure_words,
    result_words,
)
from watchlists.sheets.village_groups import group_of

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """By whom and how the rows are read.

    Attributes
    ----------
    month : Month
    day : str
        Until when visits were read back.
    language : str
    people : mapping of str to mapping
        Household -> ``head`` and ``address`` from the vault; empty where names are not wanted.
    places : mapping of str to str
        Id of the county or of a township of it -> what people call it, where that was delivered.
    """

    month: Month
    day: str
    language: Language
    people: Mapping[str, Row] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def say(self, pair: Pair) -> str:
        """Choose the words of the language."""
        return in_language(pair, self.language)

    def called(self, place: str) -> str:
        """Name the county or a township of it; by its id where no name was delivered."""
        return self.places.get(place, place)


def case_rows(cases: pl.DataFrame, reading: Reading) -> list[dict[str, Any]]:
    """Put the month's households into words, in their order.

    Returns
    -------
    list of dict
        By column of the forms detail, meeting and notice. Where names are wanted ``who``
        is the head, else the id; ``masked`` never more than a first character.
    """
    return [_row(number, case, reading) for number, case in enumerate(cases.iter_rows(named=True), 1)]


def _row(number: int, case: Row, reading: Reading) -> dict[str, Any]:
    person = reading.people.get(case["household_id"], {})
    head, address = person.get("head", ""), person.get("address", "")
    return {
        "number": number,
        "township": reading.called(case["township_id"]) or reading.say(UNKNOWN),
        "village": case["village_name"] or case["village_id"] or reading.say(UNKNOWN),
        "who": head or case["household_id"],
        "masked": masked(head, case["household_id"]),
        "group": _group(address, case["village_name"]),
        "people": case["people"],
        "came_by": reading.say(CAME_BY[case["is_listed"]]),
        **_outcome(case, reading),
    }


def _group(address: str, village: str | None) -> str:
    """Name the group of the village that an address names, as villages number them."""
    group = group_of(address, village)
    if group is None:
        return ""
    return f"{group}组" if group.isdecimal() else group


def _outcome(case: Row, reading: Reading) -> dict[str, str]:
    """Put what the visit found into words; nothing where nobody went."""
    groups, results = group_words(reading.month.last), result_words()
    category, group, result = case["category"], case["group_proposed"], case["result"]
    return {
        "category": reading.say(category_words()[category]) if category else "",
        "visited_on": str(case["visited_on"] or ""),
        "result": reading.say(results[result]) if result else reading.say(NOT_VISITED),
        "causes": joined(case["causes_found"] or (), cause_words(), reading.language),
        "group_proposed": reading.say(groups[group]) if group else "",
        "measures": joined(case["measures_begun"] or (), measure_words(), reading.language),
    }
