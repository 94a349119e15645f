"""On which day the rows of a table were known: a column, a piece of the path, or nothing that says so."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

import polars as pl

from register.cells.dates import day_of, days
from register.proposal.columns import Columns
from register.proposal.looking import Look
from register.seasons import season_end, season_of

#: Observations of a household that lie further apart are interviews, nearer ones a ledger; days.
APART = 80
_DATE = re.compile(r"(19|20)[0-9]{2}[-./年]?[0-9]{1,2}[-./月]?[0-9]{1,2}日?")
_YEAR = re.compile(r"(?<![0-9])(19|20)[0-9]{2}(?![0-9])")


@dataclass(frozen=True)
class Known:
    """When the rows of a table were known.

    Attributes
    ----------
    pattern : str
        Path of the mapping.
    cell : str or dict
        What fills a date column, as a mapping holds it.
    day : date or None
        That day, where it is one for the whole file.
    zh, en : str
        What is to be confirmed, "" where the files say it themselves.
    """

    pattern: str
    cell: Any
    day: date | None = None
    zh: str = ""
    en: str = ""


def known_on(look: Look, columns: Columns) -> Known:
    """Say when a table's rows were known.

    A column of days comes first, then a folder or file that is named for a day, then a column
    of years, then a year in the file's name; a year stands for its last day. Where nothing says
    it, ``source.exported_on`` must.
    """
    by_day = columns.days("date")
    if by_day:
        return Known(look.path, by_day.header, None, "日期列", "the column of days")
    piece = next((part for part in PurePosixPath(look.path).parts[:-1] if day_of(part)), None)
    if piece:
        return Known(look.path.replace(piece, "{exported_on}", 1), {"given": "exported_on"}, day_of(piece))
    stem = _DATE.search(PurePosixPath(look.path).name)
    if stem and (day := day_of(stem[0])):
        return Known(look.path, {"constant": day.isoformat()}, day)
    by_year = columns.years()
    if by_year:
        cell = {"from": by_year.header, "date": "YYYY", "day": "last"}
        return Known(look.path, cell, None, "只知年份，按年末", "only the year is known: its last day")
    year = _YEAR.search(PurePosixPath(look.path).name)
    if year:
        day = date(int(year[0]), 12, 31)
        return Known(
            look.path,
            {"constant": day.isoformat()},
            day,
            "文件名只有年份，按年末；知道调查日期就改",
            "the file's name says a year only: its last day; write the day of the interviews if you know it",
        )
    return Known(
        look.path,
        {"given": "exported_on"},
        None,
        "用 source.exported_on 写明",
        "set it in source.exported_on",
    )


def successors(known: Mapping[str, Known]) -> dict[str, date]:
    """Give the day of the next wave of the same file, for files that differ by their day alone.

    Parameters
    ----------
    known : mapping of str to Known
        By path.
    """
    series: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for path, one in known.items():
        if one.day and isinstance(one.cell, dict) and "constant" in one.cell:
            series[series_of(path)].append((one.day, path))
    return {path: later[0] for days in series.values() for (_, path), later in pairwise(sorted(days))}


def series_of(path: str) -> str:
    """Give a path without its day or year: what the files of all waves share."""
    return _YEAR.sub("*", _DATE.sub("*", path))


def months_to_read(columns: Columns, known: Known, household: str) -> int:
    """Give over how many months before a season's end an income must be looked for.

    Interviews are held on any day of a quarter: 3. Where all stand on its last day, or the
    same household has one a month, 1.
    """
    if not isinstance(known.cell, str):
        return 1
    rows = (
        columns.frame.select(household=household, day=days(columns.frame[known.cell])).drop_nulls().unique()
    )
    gaps = rows.sort("household", "day").select(
        pl.col("day").diff().over("household").dt.total_days().drop_nulls()
    )
    apart = gaps.is_empty() or float(gaps.to_series().median()) >= APART  # type: ignore[arg-type]
    return 3 if apart and any(day != season_end(season_of(day)) for day in rows["day"].unique()) else 1
