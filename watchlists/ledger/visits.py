"""What visits have found out about each household of a season's lists, from the store of look-backs."""

from datetime import date

import polars as pl

from register.lookback_store import visits_today

#: A household of a list; ids of households may repeat between counties.
HOUSEHOLD = ["county_id", "household_id"]
#: A row a household that somebody went to.
VISITED = {
    **dict.fromkeys(HOUSEHOLD, pl.String()),
    "visited_on": pl.Date(),
    "result": pl.String(),
    "confirmed_on": pl.Date(),
    "measures": pl.List(pl.String()),
    "measure_on": pl.Date(),
}
#: Somebody went, and met nobody.
NOT_AT_HOME = "not_at_home"


def visited_households(stored: pl.DataFrame, source_kind: str, season: str, day: date) -> pl.DataFrame:
    """Sum up the visits of a season's lists as they were known on a day.

    Parameters
    ----------
    stored : DataFrame
        As `register.lookback_store.LookbackStore.records` gives them.
    source_kind : str
        Of the release: the simulated household of an id is no other source's.
    season : str
        Season of the lists: a list published again for the season has the visits of the first.
    day : date
        What was entered later is not yet known.

    Returns
    -------
    DataFrame
        `VISITED`, a row a household: ``visited_on`` and ``result`` of the last visit that met
        somebody, of the last one of all where none did; ``confirmed_on`` the first visit
        that confirmed the risk; ``measures`` begun, and since when, ``measure_on``.
    """
    today = visits_today(stored.filter(pl.col("recorded_on") <= day))
    of_season = today.filter(source_kind=source_kind, season=season)
    in_order = of_season.sort(pl.col("result") != NOT_AT_HOME, "visited_on", maintain_order=True)
    confirmed, begun = pl.col("result") == "confirmed", pl.col("measures_begun").is_not_null()
    summed = in_order.group_by(HOUSEHOLD, maintain_order=True).agg(
        pl.col("visited_on", "result").last(),
        pl.col("visited_on").filter(confirmed).min().alias("confirmed_on"),
        pl.col("measures_begun").explode().drop_nulls().unique().sort().alias("measures"),
        pl.col("visited_on").filter(begun).min().alias("measure_on"),
    )
    return summed.select(list(VISITED)).sort(HOUSEHOLD)
