"""What the visits of a month found, a row a household."""

import polars as pl

from watchlists.ledger.tasks import CLOSED
from watchlists.ledger.visits import HOUSEHOLD, NOT_AT_HOME
from watchlists.monthly.month import Month

CONFIRMED = "confirmed"
#: Results of a visit that met somebody.
MET = (CONFIRMED, *CLOSED)
#: A row a household that somebody went to in the month.
VISITED = {
    **dict.fromkeys(HOUSEHOLD, pl.String()),
    "visited_on": pl.Date(),
    "result": pl.String(),
    "causes_found": pl.List(pl.String()),
    "measures_begun": pl.List(pl.String()),
}


def visited_in(visits: pl.DataFrame, month: Month) -> pl.DataFrame:
    """Sum up a month's visits.

    Parameters
    ----------
    visits : DataFrame
        `register.lookback_store.visits_today`, of one kind of source.
    month : Month

    Returns
    -------
    DataFrame
        `VISITED`: day, result and causes of the last visit that met somebody, of the last
        one of all where none did; every group of measures that any of them began.
    """
    of_month = visits.filter(pl.col("visited_on").is_between(month.first, month.last))
    in_order = of_month.sort(pl.col("result") != NOT_AT_HOME, "visited_on", maintain_order=True)
    begun = pl.col("measures_begun").explode().drop_nulls().unique().sort()
    summed = in_order.group_by(HOUSEHOLD, maintain_order=True).agg(
        pl.col("visited_on", "result", "causes_found").last(), begun
    )
    return summed.select(pl.col(name).cast(kind) for name, kind in VISITED.items()).sort(HOUSEHOLD)


def met_before(visits: pl.DataFrame, month: Month) -> pl.DataFrame:
    """List the households where a visit before the month met somebody: `HOUSEHOLD`, ``met_on`` the last."""
    met = visits.filter(pl.col("visited_on") < month.first, pl.col("result") != NOT_AT_HOME)
    return met.group_by(HOUSEHOLD).agg(pl.col("visited_on").max().alias("met_on"))
