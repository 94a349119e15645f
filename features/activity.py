"""What a person does for a living: read beside what the members table says."""

import polars as pl


def with_activity(members: pl.DataFrame, spells: pl.DataFrame) -> pl.DataFrame:
    """Add ``is_at_work`` and ``is_in_labour_force``: has a job at the date, has one or looks for one.

    Whoever has no open spell in the employment table does neither.
    """
    is_open = pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("as_of_date"))
    does = spells.filter(is_open).group_by("member_at")
    active = does.agg(is_at_work=(pl.col("activity") != "seeking").any(), is_in_labour_force=pl.lit(True))
    joined = members.join(active, on="member_at", how="left", maintain_order="left")
    return joined.with_columns(pl.col("is_at_work", "is_in_labour_force").fill_null(False))
