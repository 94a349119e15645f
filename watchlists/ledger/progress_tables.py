"""Tables of progress: what is counted of each place below another, and the sum that ends each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from watchlists.language import Language, in_language
from watchlists.ledger.progress import LEVELS, progress
from watchlists.ledger.task_words import NO_ONE

#: The level that is counted below the narrowest place that was asked for.
BELOW = {"": "county", "county": "township", "township": "village", "village": "person"}
TOTAL = ("合计", "total")


@dataclass(frozen=True)
class Table:
    """Counts of one level, the sum last.

    Attributes
    ----------
    level : str
        One of `watchlists.ledger.progress.LEVELS`.
    zh, en : str
        What the level is called.
    rows : list of dict
        ``place``, what is read of it, and the counts (`watchlists.ledger.progress.COUNTS`).
    """

    level: str
    zh: str
    en: str
    rows: list[dict[str, Any]]


def table_of(
    tasks: pl.DataFrame, level: str, language: Language, called: Mapping[str, str] | None = None
) -> Table:
    """Count tasks by the places of a level, or by person.

    Parameters
    ----------
    tasks : DataFrame
        `watchlists.ledger.tasks.TASKS`, of the places that were asked for.
    level : str
        One of `watchlists.ledger.progress.LEVELS`.
    language : str
        Of the words for nobody and for the sum.
    called : mapping of str to str, optional
        What stands in place of a person's name, where names do not belong.
    """
    by, zh, en = LEVELS[level]
    names = _names(tasks)
    rows = [
        {**row, "place": _place(row, level, names, called, language)}
        for row in progress(tasks, by).iter_rows(named=True)
    ]
    total = progress(tasks, []).row(0, named=True)
    return Table(level, zh, en, [*rows, {**total, "place": in_language(TOTAL, language)}])


def tables_of(tasks: pl.DataFrame, language: Language) -> list[Table]:
    """Count a county's tasks by township and village, and by person where anybody is named."""
    people = ["person"] if tasks["responsible"].is_not_null().any() else []
    return [table_of(tasks, level, language) for level in ("township", "village", *people)]


def _names(tasks: pl.DataFrame) -> dict[tuple[str, str], str]:
    """Give what places are called, by county and id."""
    return {
        (county, place): name
        for level in ("county", "township", "village")
        for county, place, name in tasks.select(
            "county_id", pl.col(f"{level}_id").alias("place"), f"{level}_name"
        )
        .drop_nulls()
        .unique()
        .iter_rows()
    }


def _place(
    row: Mapping[str, Any],
    level: str,
    names: Mapping[tuple[str, str], str],
    called: Mapping[str, str] | None,
    language: Language,
) -> str:
    if level == "person":
        who = row["responsible"]
        return in_language(NO_ONE, language) if who is None else (called or {}).get(who, who)
    county = row["county_id"]
    if level == "village":
        of_row = [(county, row[f"{one}_id"]) for one in ("township", "village")]
        return " ".join(dict.fromkeys(names.get(place, place[1]) for place in of_row))
    place = row[f"{level}_id"]
    return " ".join(dict.fromkeys((names.get((county, place), place), place)))
