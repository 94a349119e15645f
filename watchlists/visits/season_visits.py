"""What visits of the season have come to: who was visited, who leaves the list, who is to be tried again."""

import polars as pl

from register.lookback_store import latest

#: Somebody was met and asked: the household stays on the list with what was found.
VISITED = ("confirmed", "not_confirmed")
#: A visit has nothing more to find: the household leaves the list and the next in order takes its place.
DONE_WITH = ("moved_away", "already_helped")
#: Nobody was met: the household is still to be visited.
TRIED = "not_at_home"
#: What a list knows of its visits.
KNOWN = ("last_visit_on", "visit_result")
SEASON_VISITS = {
    "household_id": pl.String(),
    "county_id": pl.String(),
    "last_visit_on": pl.Date(),
    "visit_result": pl.String(),
}


def season_visits(records: pl.DataFrame, season: str, source_kind: str) -> pl.DataFrame:
    """Tell of every household on a season's lists what its last visit found.

    Parameters
    ----------
    records : DataFrame
        Every version of every visit (`register.lookback_store.LookbackStore.records`).
    season : str
        Visits made from its lists count; no other.
    source_kind : str
        Of the lists.

    Returns
    -------
    DataFrame
        `SEASON_VISITS`, a row a household, by household. A try that met nobody counts only
        where no visit met anybody.
    """
    holds = records.filter(latest(records)).rename({"result": "visit_result", "visited_on": "last_visit_on"})
    made = holds.filter(
        pl.col("season") == season,
        pl.col("source_kind") == source_kind,
        pl.col("visit_result").is_in([*VISITED, *DONE_WITH, TRIED]),
    )
    in_order = made.sort(pl.col("visit_result") != TRIED, "last_visit_on", "reading", maintain_order=True)
    last = in_order.unique("household_id", keep="last", maintain_order=True)
    return last.select(list(SEASON_VISITS)).sort("household_id")


def newest_list(records: pl.DataFrame, season: str, source_kind: str) -> str | None:
    """Name the newest of a season's lists that visits were made from; None where none was read back.

    The first visit from a list is read back before the first from any later list.
    """
    read = records.filter(pl.col("season") == season, pl.col("source_kind") == source_kind)
    first = read.group_by("list_id").agg(pl.col("reading").min()).sort("reading", "list_id")
    return str(first["list_id"][-1]) if len(first) else None


def is_done_with() -> pl.Expr:
    """Tell who leaves the list by what a visit of the season found; never missing."""
    return pl.col("visit_result").is_in(DONE_WITH).fill_null(value=False)


def is_visited() -> pl.Expr:
    """Tell who was visited and stays on the list with what was found; never missing."""
    return pl.col("visit_result").is_in(VISITED).fill_null(value=False)
