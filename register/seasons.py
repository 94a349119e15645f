"""Seasons: quarters of the year, each judged as of its last day."""

import re
from datetime import date, timedelta

from register.errors import ParamsError


def season_end(season: str) -> date:
    """Give the as-of date of a season.

    Parameters
    ----------
    season : str
        Like ``2025Q4``.

    Returns
    -------
    date
        Last day of the quarter.

    Raises
    ------
    ParamsError
        When `season` is not a year and a quarter.

    Examples
    --------
    >>> season_end("2020Q3")
    datetime.date(2020, 9, 30)
    """
    if not re.fullmatch(r"(19|20)\d\dQ[1-4]", season):
        raise ParamsError(
            f"season: found {season!r}, allowed is a year and a quarter such as 2025Q4; mend it"
        )
    return months_later(date(int(season[:4]), 1, 31), int(season[5]) * 3 - 1)


def season_of(day: date) -> str:
    """Name the season a date lies in.

    Examples
    --------
    >>> season_of(date(2020, 9, 30))
    '2020Q3'
    """
    return f"{day.year}Q{(day.month + 2) // 3}"


def seasons_between(first: str, last: str) -> list[str]:
    """List the seasons from `first` to `last`, both included.

    Examples
    --------
    >>> seasons_between("2021Q4", "2022Q2")
    ['2021Q4', '2022Q1', '2022Q2']
    """
    day, end, seasons = season_end(first), season_end(last), []
    while day <= end:
        seasons.append(season_of(day))
        day = months_later(day, 3)
    return seasons


def months_later(day: date, months: int) -> date:
    """Give the last day of the month `months` after (before, if negative) the month of `day`.

    Examples
    --------
    >>> months_later(date(2025, 12, 31), -10)
    datetime.date(2025, 2, 28)
    """
    count = day.year * 12 + day.month + months
    return date(count // 12, count % 12 + 1, 1) - timedelta(days=1)
