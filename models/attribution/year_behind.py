"""A household's own facts of a year before, against which its change is read."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import polars as pl

from register.seasons import months_later

YEAR = "-12mo"


def year_up_to(day: date, *, is_panel: bool = False) -> list[date]:
    """Name the dates that `a_year_behind` looks at of rows at `day`, and `day` itself.

    Examples
    --------
    >>> year_up_to(date(2025, 12, 31))
    [datetime.date(2024, 12, 31), datetime.date(2025, 12, 31)]
    """
    return [months_later(day, -step) for step in (range(12, -1, -1) if is_panel else (12, 0))]


def a_year_behind(
    rows: pl.DataFrame, built: pl.DataFrame, names: Sequence[str], *, is_panel: bool = False
) -> pd.DataFrame:
    """Look up the same households' features of the same season a year before.

    Parameters
    ----------
    rows : DataFrame
        ``household_id, as_of_date`` of one county, at one date.
    built : DataFrame
        Feature frame of the county, of any dates.
    names : sequence of str
        The features.
    is_panel : bool
        In a panel, who was not asked a year before is read by its first interview within the year.

    Returns
    -------
    pandas.DataFrame
        One row a household that has such facts, indexed by its position in `rows`.
    """
    wanted = rows.select("household_id", pl.col("as_of_date").alias("day")).with_row_index("position")
    days = wanted.select("day", pl.col("day").dt.offset_by(YEAR).dt.month_end().alias("year_before")).unique()
    within = pl.col("as_of_date").is_between("year_before", "day", closed="left")
    dates = (
        built.select(pl.col("as_of_date").unique())
        .join(days, how="cross")
        .filter(within if is_panel else pl.col("as_of_date") == pl.col("year_before"))
    )
    earlier = wanted.join(dates, on="day").join(
        built.select("household_id", "as_of_date", *names), on=["household_id", "as_of_date"]
    )
    first = earlier.sort("position", "as_of_date").unique("position", keep="first", maintain_order=True)
    matrix = first.select(pl.col(names).cast(pl.Float64)).to_numpy()
    return pd.DataFrame(matrix, index=first["position"].to_list(), columns=list(names))
