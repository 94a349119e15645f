"""Which school a person attends, in the years it leads to: read beside what the members table says."""

from datetime import date

import polars as pl

from register.shard import Shard

#: Years of school behind whoever finishes the stage.
LEADS_TO = {
    "primary": 6.0,
    "middle": 9.0,
    "high": 12.0,
    "vocational": 12.0,
    "college": 15.0,
    "university": 16.0,
}


def with_years_attended(members: pl.DataFrame, shard: Shard, day: date) -> pl.DataFrame:
    """Add ``years_attended``: what the stage attended at `day` leads to; missing for who attends none."""
    spells = shard.view("schooling", day)
    is_open = pl.col("ended_on").is_null() | (pl.col("ended_on") > day)
    years = pl.col("stage").replace_strict(LEADS_TO, default=None, return_dtype=pl.Float64)
    attended = spells.filter(is_open).group_by("member_id").agg(years_attended=years.max())
    return members.join(attended, on="member_id", how="left", maintain_order="left")
