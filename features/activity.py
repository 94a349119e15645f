"""What a person does for a living: read beside what the members table says."""

from datetime import date

import polars as pl

from register.shard import Shard


def with_activity(members: pl.DataFrame, shard: Shard, day: date) -> pl.DataFrame:
    """Add ``is_at_work`` and ``is_in_labour_force``: has a job at `day`, has one or looks for one.

    Whoever has no open spell in the employment table does neither; where nobody
    has ever had any on record, as in a survey that does not ask, nothing is known.
    """
    spells = shard.view("employment", day)
    is_open = pl.col("ended_on").is_null() | (pl.col("ended_on") > day)
    does = spells.filter(is_open).group_by("member_id")
    active = does.agg(is_at_work=(pl.col("activity") != "seeking").any(), is_in_labour_force=pl.lit(True))
    joined = members.join(active, on="member_id", how="left", maintain_order="left")
    if spells.is_empty():
        return joined
    return joined.with_columns(pl.col("is_at_work", "is_in_labour_force").fill_null(False))
