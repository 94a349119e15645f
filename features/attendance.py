"""Which school a person attends, in the years it leads to: read beside what the members table says."""

import polars as pl

#: Years of school of whoever has completed a stage.
YEARS = {"none": 0.0, "primary": 6.0, "middle": 9.0, "high": 12.0, "college": 15.0, "university": 16.0}
#: Years of school behind whoever finishes the stage.
LEADS_TO = {
    "primary": 6.0,
    "middle": 9.0,
    "high": 12.0,
    "vocational": 12.0,
    "college": 15.0,
    "university": 16.0,
}


def with_years_attended(members: pl.DataFrame, spells: pl.DataFrame) -> pl.DataFrame:
    """Add ``years_attended``: what the stage attended at the date leads to; missing for who attends none.

    ``school_years`` are those a member has behind or attends, whichever is more.

    Parameters
    ----------
    members : DataFrame
        ``member_at``: a person at a date; ``education``.
    spells : DataFrame
        ``member_at, stage``: what is open then.
    """
    years = pl.col("stage").replace_strict(LEADS_TO, default=None, return_dtype=pl.Float64)
    attended = spells.group_by("member_at").agg(years_attended=years.max())
    joined = members.join(attended, on="member_at", how="left", maintain_order="left")
    completed = pl.col("education").replace_strict(YEARS, default=None, return_dtype=pl.Float64)
    return joined.with_columns(school_years=pl.max_horizontal(completed, "years_attended"))
