"""What a person does for a living: read beside what the members table says."""

from collections.abc import Collection
from datetime import date

import polars as pl


def with_activity(members: pl.DataFrame, spells: pl.DataFrame, recorded: Collection[date]) -> pl.DataFrame:
    """Add ``is_at_work`` and ``is_in_labour_force``: has a job at the date, has one or looks for one.

    Parameters
    ----------
    members : DataFrame
        ``member_at``: a person at a date; ``as_of_date``.
    spells : DataFrame
        ``member_at, activity``: what is open then; whoever has none does neither.
    recorded : collection of date
        Dates at which anybody had ever had a spell on record; at others, as in a survey that
        does not ask, nothing is known.
    """
    does = spells.group_by("member_at")
    active = does.agg(is_at_work=(pl.col("activity") != "seeking").any(), is_in_labour_force=pl.lit(True))
    joined = members.join(active, on="member_at", how="left", maintain_order="left")
    known = pl.col("is_at_work", "is_in_labour_force").fill_null(False)
    return joined.with_columns(pl.when(pl.col("as_of_date").is_in(list(recorded))).then(known))
