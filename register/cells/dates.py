"""A day as people and systems write it: read strictly, or refused with what is wrong with it."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import polars as pl

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
#: A system in China writes local midnight: by fixed UTC+8 (GB/T 7408.1), or with the summer time
#: of 1986 to 1991 (tz database, Asia/Shanghai). No instant is midnight of different days in both.
CLOCKS: tuple[tzinfo, ...] = (timezone(timedelta(hours=8)), ZoneInfo("Asia/Shanghai"))
#: Year-first spellings only, as day-first ones are ambiguous; a compact date has exactly eight digits,
#: behind which a column of numbers that had gaps leaves .0.
_DAYS = (
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})",
    r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})",
    r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})",
    r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日",
    r"([0-9]{4})([0-9]{2})([0-9]{2})(?:000000|\.0+)?",
)
_TIME = r"(?:[ T]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?)?"
_ZONE = r"(?: ?(Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)(?:\[[A-Za-z_/]+\])?)?"
_WRITTEN = tuple(re.compile(day + _TIME + _ZONE) for day in _DAYS)

INVALID = (
    f"不是有效日期 / not a date between {EARLIEST} and {LATEST}",
    "按年-月-日填写 / write it as YYYY-MM-DD, leave open ends empty",
)
TIMED = (
    "带有时刻 / holds a time of day",
    "确认日期未因时区而变，只填日期 / make sure that no time zone moved the day, then give the date alone",
)
#: A zone that goes by its name: one name stands for several (CST), and each has had several offsets.
_NAMED_ZONE = re.compile(r"[0-9]{4}[^A-Za-z]+(?:T[0-9:.]+)? ?(?!(?i:[ap]m)$)([A-Za-z][A-Za-z_/ ]{1,40})")
AS_YEAR_FIRST = "按年-月-日填写 / write it as YYYY-MM-DD"
#: What the first pattern that fits says of a text that is no day.
_FAULTS = (
    (
        r".*[０-９／－：．].*",
        ("日期含全角字符 / full-width characters in this date", "改为半角数字 / type it in plain digits"),
    ),
    (
        r"(19|20)[0-9]{2}年?|[0-9]{4}[-/.年][0-9]{1,2}月?",
        (
            "日期缺月或日 / a date without its month or day",
            "补全；整列如此时在映射中写 date 和 day / complete it, or give date and day in a mapping",
        ),
    ),
    (
        r"[0-9]{1,5}(\.[0-9]+)?",
        (
            "像表格软件的日期序号 / looks like the serial number that a spreadsheet keeps for a date",
            "把该列设为日期格式后重新导出 / format the column as a date and export again",
        ),
    ),
    (
        r"1[0-9]{9}|1[0-9]{12}",
        (
            "像 Unix 时间戳 / looks like a count of seconds since 1970",
            "导出为当地日期 / export it as a local date",
        ),
    ),
    (
        r"[0-9]{6,13}",
        (
            "无分隔的日期须为八位数字 / a date without separators has exactly eight digits, year first",
            "按八位填写，如 20210118 / write it as YYYYMMDD or YYYY-MM-DD",
        ),
    ),
    (
        r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}.*",
        (
            "年份不在最前，日月难分 / the year does not come first: day and month can be confused",
            AS_YEAR_FIRST,
        ),
    ),
    (r"'?[0-9]{2}[-/.年].*", ("年份不是四位 / the year has not four digits", AS_YEAR_FIRST)),
    (
        r"民国.*|[0-9]{3}[-/.年].*|2[4-6][0-9]{2}[-/.年].*",
        (
            "不是公历年份 / not a year of the Gregorian calendar",
            "换算为公历 / convert it to the Gregorian calendar",
        ),
    ),
    (
        r".*[A-Za-z]{3}.*|.*[一二三四五六七八九十〇]+[年月日].*",
        ("日期含文字 / words in this date", AS_YEAR_FIRST),
    ),
    (r"[0-9]{14}|.*[ T][0-9]{1,2}:[0-9]{2}.*", TIMED),
)


class _Parts(NamedTuple):
    day: date
    at: time
    zone: tzinfo | None
    zone_name: str


@lru_cache(maxsize=2**16)  # the same days stand in every column of every county
def day_of(text: str) -> date | None:
    """Read a day, alone or with a midnight.

    Parameters
    ----------
    text : str
        Without blanks around.

    Returns
    -------
    date or None
        An instant that is midnight on China's clock is that local day (`CLOCKS`). None for
        any other time of day, any other spelling, and days before `EARLIEST` or after `LATEST`.

    Examples
    --------
    >>> [str(day_of(text)) for text in ("2024-01-13T16:00:00Z", "2021/9/5 0:00", "2021118", "20240113 08:00")]
    ['2024-01-14', '2021-09-05', 'None', 'None']
    """
    parts = _parts(text)
    if parts is None or not EARLIEST <= parts.day <= LATEST:
        return None
    if parts.zone is None:
        return parts.day if parts.at == time.min else None
    instant = datetime.combine(parts.day, parts.at, parts.zone)
    local_times = (instant.astimezone(clock) for clock in CLOCKS)
    return next((local.date() for local in local_times if local.time() == time.min), None)


def fault_of(text: str) -> tuple[str, str]:
    """Say in Chinese and English what is wrong with a text that is no day, and what to do."""
    parts = _parts(text)
    if parts and EARLIEST <= parts.day <= LATEST:
        return _zoned(parts.zone_name) if parts.zone else TIMED
    named = _NAMED_ZONE.fullmatch(text)
    if named:
        return _zoned(named[1])
    if not parts and any(pattern.fullmatch(text) for pattern in _WRITTEN):
        return INVALID  # no calendar has the day, or no clock the time
    spelling = parts.day.isoformat() if parts else text
    return next((fault for pattern, fault in _FAULTS if re.fullmatch(pattern, spelling)), INVALID)


def days(cells: pl.Series) -> pl.Series:
    """Read each different text of a column once: it has few.

    Parameters
    ----------
    cells : Series of str

    Returns
    -------
    Series of date
        Missing where `day_of` reads none.
    """
    texts = cells.unique().drop_nulls()
    read = pl.Series([day_of(text) for text in texts], dtype=pl.Date())
    return cells.replace_strict(texts, read, default=None, return_dtype=pl.Date())


def date_faults(cells: pl.Series, spoilt: pl.Series) -> Iterator[tuple[pl.Series, tuple[str, str]]]:
    """Give the rows that share a fault, and the fault."""
    texts: dict[tuple[str, str], list[str]] = {}
    for text in cells.filter(spoilt).unique(maintain_order=True):
        texts.setdefault(fault_of(text), []).append(text)
    for fault, same in texts.items():
        yield spoilt & cells.is_in(same).fill_null(value=False), fault


def _zoned(zone: str) -> tuple[str, str]:
    return (
        f"带时区（{zone}）的时刻，不是北京时间零点 / an instant of zone {zone} that is no midnight in China",
        "导出当地日期，不带时刻和时区 / export the local date, without time and zone",
    )


def _parts(text: str) -> _Parts | None:
    """Take a text apart; None where it is spelled otherwise or no calendar and clock shows it."""
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _WRITTEN)), None)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups(default="")
    part = 1 if fraction.strip("0") else 0  # of a second, be it ever so small
    try:
        at = time(int(hour or 0), int(minute or 0), int(second or 0), part)
        return _Parts(date(int(year), int(month), int(day)), at, _zone(zone), zone)
    except ValueError:
        return None


def _zone(zone: str) -> tzinfo | None:
    if not zone or zone.isalpha():
        return UTC if zone else None
    shift = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:].strip(":") or 0))
    return timezone(-shift if zone[0] == "-" else shift)
