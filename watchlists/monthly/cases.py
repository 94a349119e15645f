"""The households a month's papers are about: those due in it, and those visited in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from register.reference.proposed_groups import ProposedGroup
from watchlists.ledger.visits import HOUSEHOLD
from watchlists.monthly.month import Month
from watchlists.monthly.proposals import group_proposed
from watchlists.monthly.visits import VISITED, met_before, visited_in

PLACE = dict.fromkeys(("township_id", "village_id", "village_name"), pl.String())
#: A household of a list: where it lives, the list's day, by when it is to be visited.
DUE = {
    **dict.fromkeys(HOUSEHOLD, pl.String()),
    **PLACE,
    "listed_on": pl.Date(),
    "due_on": pl.Date(),
}
#: A row a household of the month.
CASES = {
    **dict.fromkeys(HOUSEHOLD, pl.String()),
    **PLACE,
    "is_due": pl.Boolean(),
    "is_listed": pl.Boolean(),
    **{name: kind for name, kind in VISITED.items() if name not in HOUSEHOLD},
    "category": pl.String(),
    "people": pl.Int64(),
    "group_proposed": pl.String(),
}


@dataclass(frozen=True)
class Known:
    """What a month's papers are made from.

    Attributes
    ----------
    listed : DataFrame
        `DUE`, a row a household and list.
    visits : DataFrame
        To listed households: `register.lookback_store.visits_today`, of one kind of source.
    off_list : DataFrame
        To others: likewise.
    homes : DataFrame
        `watchlists.monthly.proposals.HOMES`, each household once.
    """

    listed: pl.DataFrame
    visits: pl.DataFrame
    off_list: pl.DataFrame
    homes: pl.DataFrame


def month_cases(known: Known, month: Month, rules: Sequence[ProposedGroup]) -> pl.DataFrame:
    """Bring together who was due in a month and what its visits found.

    Returns
    -------
    DataFrame
        `CASES`, each household once, by township, village and id. Due is who is on the
        newest list from before the month, was to be visited by its end and was not met
        between the list's day and the month. ``result`` is missing where nobody went. It
        lives where the newest list says, else where the register does, else nobody knows.
    """
    to_listed = visited_in(known.visits, month).with_columns(is_listed=True)
    others = visited_in(known.off_list, month).join(to_listed, on=HOUSEHOLD, how="anti")
    visited = pl.concat([to_listed, others.with_columns(is_listed=False)])
    listed = _listed(known, month).join(visited, on=HOUSEHOLD, how="full", coalesce=True)
    homes = listed.join(known.homes, on=HOUSEHOLD, how="left", suffix="_of_home")
    of_month = homes.filter(
        pl.col("is_due").fill_null(value=False) | pl.col("visited_on").is_not_null()
    ).with_columns(
        *(pl.coalesce(name, f"{name}_of_home", pl.lit("")).alias(name) for name in PLACE),
        pl.col("is_due").fill_null(value=False),
        pl.col("is_listed").fill_null(value=True),
        group_proposed(rules),
    )
    return of_month.select(pl.col(name).cast(kind) for name, kind in CASES.items()).sort(
        "county_id", "township_id", "village_id", "household_id"
    )


def _listed(known: Known, month: Month) -> pl.DataFrame:
    """Give every listed household once, where it lives by the newest list, and whether it is due."""
    lists = known.listed.join(met_before(known.visits, month), on=HOUSEHOLD, how="left")
    day = pl.col("listed_on")
    in_force = day == day.filter(day < month.first).max()
    was_met = (pl.col("met_on") > day).fill_null(value=False)
    is_due = in_force & (pl.col("due_on") <= month.last) & ~was_met
    in_order = lists.with_columns(is_due.fill_null(value=False).alias("is_due")).sort("listed_on")
    return in_order.group_by(HOUSEHOLD).agg(pl.col(*PLACE).last(), pl.col("is_due").any())
