"""States written anew each year: the same house, the same well, the same school, under a new date."""

import polars as pl

from simulator.timeline import Days

#: Tables of what a home was found to be on a day, and of spells.
HOME, SPELLS = ("housing", "water"), ("schooling",)


def restated(name: str, rows: pl.DataFrame, year_ends: Days) -> pl.DataFrame:
    """Write the states of a table anew on each of the days; other tables stay as they are."""
    days = pl.DataFrame({"day": year_ends})
    if name in HOME:
        return pl.concat([rows, _found_again(rows, days)])
    return _cut(rows, days) if name in SPELLS else rows


def _found_again(rows: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """Repeat what each household was last found with before each day, unless it was looked at on the day."""
    looked_at = rows.join_where(days, pl.col("occurred_on") <= pl.col("day"))
    last = (
        looked_at.sort("occurred_on").unique(["household_id", "day"], keep="last").sort("day", "household_id")
    )
    unchanged = last.filter(pl.col("occurred_on") < pl.col("day"))
    return unchanged.with_columns(pl.col("day").alias("occurred_on")).select(rows.columns)


def _cut(spells: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """Cut each spell at every day it goes on over: what is left of it begins anew."""
    numbered = spells.with_row_index("spell")
    goes_on = pl.col("ended_on").is_null() | (pl.col("day") < pl.col("ended_on"))
    later = numbered.join_where(days, pl.col("started_on") < pl.col("day"), goes_on)
    anew = later.with_columns(pl.col("day").alias("started_on")).select(numbered.columns)
    pieces = pl.concat([numbered, anew]).sort("spell", "started_on")
    following = pl.col("started_on").shift(-1).over("spell")
    return pieces.with_columns(following.fill_null(pl.col("ended_on")).alias("ended_on")).select(
        spells.columns
    )
