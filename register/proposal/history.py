"""What a source holds: which tables, how many households and rows, and on which days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from register.cells.dates import days
from register.sources.delivery import RawTable, Source
from register.tables import TABLES


@dataclass
class Held:
    """One register table of a source.

    Attributes
    ----------
    rows : int
        Rows as delivered; copies count.
    days : dict of date to int
        Rows by the day they tell of.
    recorded : dict of date to int
        Rows by the day they were recorded on.
    """

    rows: int = 0
    days: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    recorded: dict[date, int] = field(default_factory=lambda: defaultdict(int))


@dataclass
class Holdings:
    """What a source holds.

    Attributes
    ----------
    counties : list of str
    tables : dict of str to Held
        Those that have rows.
    incomes : DataFrame
        ``household_id, day, amount`` (text, date, text).
    homes : DataFrame
        ``household_id, day`` of every household row.
    people : DataFrame
        ``household_id, day`` of every member row that has its required columns.
    incomplete : dict of str to float
        Share of the rows of members and households that lack a required column; of members those
        too whose household no row of households names.
    regions : list of str
        Regions of the villages.
    n_townships : int
    """

    counties: list[str]
    tables: dict[str, Held]
    incomes: pl.DataFrame
    homes: pl.DataFrame
    people: pl.DataFrame
    incomplete: dict[str, float]
    regions: list[str]
    n_townships: int


def holdings(source: Source) -> Holdings:
    """Read a source once and count.

    Raises
    ------
    HuitouError
        What ingest would refuse at once: files, headers, the mapping.
    """
    counties = source.counties()
    tables: dict[str, Held] = defaultdict(Held)
    kept: dict[str, list[pl.DataFrame]] = defaultdict(list)
    for table in (table for county in counties for table in source.tables(county)):
        _count(tables[table.name], table)
        if table.name in _KEPT:
            kept[table.name].append(_taken(table, _KEPT[table.name]))
    frames = {name: _dated(kept.get(name, []), columns) for name, columns in _KEPT.items()}
    homes, people = frames["households"], frames["members"]
    placed = homes.drop_nulls(["household_id", "village_id"])
    aged = people.with_columns(days(people["birth_date"]).alias("birth_date"))
    whole = aged.drop_nulls(["household_id", "member_id", "birth_date"])
    whole = whole.join(placed.select("household_id").unique(), on="household_id", how="semi")
    return Holdings(
        counties,
        {name: tables[name] for name in TABLES if tables[name].rows},
        frames["income"],
        placed,
        whole,
        {"members": _share(people, whole), "households": _share(homes, placed)},
        sorted(frames["villages"]["region_id"].drop_nulls().unique()),
        frames["villages"]["township_id"].n_unique(),
    )


_KEPT: Mapping[str, tuple[str, ...]] = {
    "income": ("household_id", "amount", "occurred_on"),
    "households": ("household_id", "village_id", "valid_from"),
    "members": ("household_id", "member_id", "birth_date", "valid_from"),
    "villages": ("region_id", "township_id", "valid_from"),
}


def _count(held: Held, table: RawTable) -> None:
    held.rows += len(table.frame)
    event = TABLES[table.name].event
    for column, by_day in ((event, held.days), ("recorded_on", held.recorded)):
        if column in table.frame.columns:
            for day, times in days(table.frame[column]).drop_nulls().value_counts().rows():
                by_day[day] += times


def _taken(table: RawTable, columns: Iterable[str]) -> pl.DataFrame:
    return table.frame.select(
        pl.col(name) if name in table.frame.columns else pl.lit(None, pl.String()).alias(name)
        for name in columns
    )


def _share(rows: pl.DataFrame, kept: pl.DataFrame) -> float:
    return 1 - len(kept) / len(rows) if len(rows) else 0.0


def _dated(frames: list[pl.DataFrame], columns: tuple[str, ...]) -> pl.DataFrame:
    """Join the rows, and read the day they tell of, which is the last column."""
    rows = pl.concat(frames) if frames else pl.DataFrame(schema=dict.fromkeys(columns, pl.String()))
    day = days(rows[columns[-1]]).alias("day")
    return rows.drop(columns[-1]).with_columns(day)
