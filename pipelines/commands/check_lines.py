"""What `huitou check` says of the lines that incomes are held against: which holds where, and where none."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import polars as pl

from register.reference.income_lines import DELIVERED
from register.seasons import season_end
from register.shard import line_of
from watchlists.line_words import line_used

#: Counties named with one region; of more only the number.
NAMED = 5
#: Where a line comes from, Chinese / English.
OWN = "交付的 lines / lines of the delivery"
CITED = "自带的默认值，可由 lines.csv 替换 / cited default, lines.csv replaces it"
NO_REGION = "—       {counties}: 采纳的行政村没有地区 region_id / no accepted village names a region_id"
NO_LINE = (
    "无 NO  {region} ({counties}): 没有监测线，写进 lines.csv / no line; give it in lines.csv "
    "(docs/sources.md); 有线的地区 regions with one: {known}"
)
LATER = (
    "无 NO  {region} ({counties}): 该日尚无监测线，{first}才开始；在 lines.csv 补充 / none on that day, the "
    "first begins on {first}; add the earlier one in lines.csv"
)


def lines_by_region(regions: Mapping[str, Sequence[str]], lines: pl.DataFrame, season: str) -> list[str]:
    """Say of every region of a delivery which line holds at the end of a season.

    Parameters
    ----------
    regions : mapping of str to sequence of str
        By county, the regions its villages lie in.
    lines : DataFrame
        `register.shard.LINES_SCHEMA`, sorted by region and day.
    season : str
        Whose list will hold incomes against it.

    Returns
    -------
    list of str
        For a terminal, Chinese and English.
    """
    heading = f"监测线 income lines, {season_end(season)} (season {season}):"
    counties: dict[str, list[str]] = {}
    for county, named in regions.items():
        for region in named or [""]:
            counties.setdefault(region, []).append(county)
    return [heading, *(f"  {_of_region(one, _named(some), lines, season)}" for one, some in counties.items())]


def _of_region(region: str, counties: str, lines: pl.DataFrame, season: str) -> str:
    own = lines.filter(pl.col("region_id") == region)
    if not region:
        return NO_REGION.format(counties=counties)
    if own.is_empty():
        return NO_LINE.format(
            region=region, counties=counties, known=", ".join(lines["region_id"].unique().sort())
        )
    line = line_of(own, season_end(season))
    if line is None:
        return LATER.format(region=region, counties=counties, first=own["effective_from"][0])
    zh, en = line_used(asdict(line))
    origin = OWN if line.origin.startswith(DELIVERED) else CITED
    return f"有 yes {region} ({counties}): {zh}{en}\n         {origin}"


def _named(counties: Sequence[str]) -> str:
    more = len(counties) - NAMED
    return ", ".join(counties[:NAMED]) + (f" (+{more})" if more > 0 else "")
