"""By when each listed household is to be visited."""

import polars as pl

from register.seasons import months_later, season_end

#: A list is visited in the months of the season after its own day.
MONTHS = 3
#: One place whose visits are spread: counties may share the ids of townships.
PLACE = ["county_id", "township_id"]


def due_days(listed: pl.DataFrame, season: str, duty_days: int) -> pl.DataFrame:
    """Add ``due_on`` to the households of a list.

    Parameters
    ----------
    listed : DataFrame
        ``county_id, township_id, household_id, order, listed_by`` (duty or risk).
    season : str
        Season of the list; its last day is the list's day.
    duty_days : int
        Days to the visit of a must-visit household, from the list's day.

    Returns
    -------
    DataFrame
        The rows in their order, with ``due_on``. Of a township's other households the first
        third of the list is due by the end of the first month after the list's day, the
        last third by the end of the third: nobody has a month's visits on its last day alone.

    Examples
    --------
    >>> place = {"county_id": "C", "township_id": "T"}
    >>> rows = [{**place, "household_id": f"H{n}", "order": n, "listed_by": "risk"} for n in (1, 2, 3, 4)]
    >>> [f"{day:%m-%d}" for day in due_days(pl.DataFrame(rows), "2025Q4", 5)["due_on"]]
    ['01-31', '01-31', '02-28', '03-31']
    """
    start = season_end(season)
    ends = [months_later(start, month) for month in range(1, MONTHS + 1)]
    is_duty, within = pl.col("listed_by") == "duty", [*PLACE, "listed_by"]
    turn = pl.struct("order", "household_id").rank("ordinal").over(within).cast(pl.Int64) - 1
    month = turn * MONTHS // pl.len().over(within).cast(pl.Int64)
    of_month = month.replace_strict(dict(enumerate(ends)), return_dtype=pl.Date())
    of_duty = pl.lit(start) + pl.duration(days=duty_days)
    return listed.with_columns(pl.when(is_duty).then(of_duty).otherwise(of_month).alias("due_on"))
