"""Which lines a judged season rests on: in force at its date or inside its window, and how sure each is."""

from collections.abc import Sequence

import polars as pl

from register.reference.income_lines import status_of
from register.seasons import months_later, season_end

SEASON_LINES = {
    "season": pl.String(),
    "region_id": pl.String(),
    "effective_from": pl.Date(),
    "line_per_month": pl.Float64(),
    "currency": pl.String(),
    "status": pl.String(),
    "origin": pl.String(),
}


def season_lines(lines: pl.DataFrame, seasons: Sequence[str], months: int) -> pl.DataFrame:
    """List the lines of the judged seasons.

    Parameters
    ----------
    lines : DataFrame
        `register.shard.LINES_SCHEMA` of the regions that households live in.
    seasons : sequence of str
        Judged.
    months : int
        Length of the label window.

    Returns
    -------
    DataFrame
        `SEASON_LINES`: a line is of a season when it holds at its date or on any day of the window
        after it; ``status`` is one of `register.reference.cited.Status`.
    """
    with_status = lines.with_columns(pl.col("origin").map_elements(status_of, pl.String).alias("status"))
    return pl.concat([pl.DataFrame(schema=SEASON_LINES), *(_of(with_status, one, months) for one in seasons)])


def _of(lines: pl.DataFrame, season: str, months: int) -> pl.DataFrame:
    first, last = season_end(season), months_later(season_end(season), months)
    ends = pl.col("effective_to")
    held = lines.filter(pl.col("effective_from") <= last, ends.is_null() | (ends > first))
    return held.with_columns(pl.lit(season).alias("season")).select(list(SEASON_LINES))
