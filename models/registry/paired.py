"""Two procedures on the same visits: how many fallen households each would have found, out of time."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from models.figures import Figure
from models.keys import KEYS
from models.places import whole
from models.registry.parameters import PairedParameters
from models.resampling import Resampling, interval


@dataclass(frozen=True)
class Paired:
    """What the same visits find when each of two models says whom to visit.

    Attributes
    ----------
    seasons : tuple of str
        As-of dates both were judged on, ISO.
    visits : int
        Visits to households whose outcome is known, of the challenger's lists.
    hits, champion_hits : int
        Households on each list that fell below the line.
    difference, low, high : float
        Share of visits that find one, challenger minus champion, with its 95 % interval; NaN
        where more than one draw in a hundred holds no visit.
    """

    seasons: tuple[str, ...]
    visits: int
    hits: int
    champion_hits: int
    difference: float
    low: float
    high: float


def compare_at_capacity(
    challenger: pl.DataFrame, champion: pl.DataFrame, visits: pl.Expr, place: str, settings: PairedParameters
) -> Paired | None:
    """Let both list the rows they share and draw whole clusters again, for both the same.

    What is compared is how each was trained, not the two files: every score was given by
    a model trained with what was known at its date, before the outcome.

    Parameters
    ----------
    challenger, champion : DataFrame
        `KEYS`, the place's column, ``county_id, village_id, label`` (missing where unknown), ``risk``.
    visits : Expr
        Visits of the row's place in a season.
    place : str
        Column of the place visits are counted in; read with its county.
    settings : PairedParameters
        ``resamples``, ``seed``, and ``min_clusters``: with fewer villages than that
        households are drawn instead.

    Returns
    -------
    Paired or None
        None where they share no season, or none in which a visit can be made.

    References
    ----------
    EVALUATION 2: cluster bootstrap by village, else household; paired differences. The
    lists stay as they are while clusters are drawn, as they were made of everybody.
    """
    theirs = champion.select(*KEYS, pl.col("risk").alias("theirs"))
    rows = challenger.join(theirs, on=KEYS, how="inner")
    listed = [
        (_turn(score, place) <= visits).alias(name)
        for score, name in (("risk", "mine"), ("theirs", "champions"))
    ]
    known = rows.with_columns(listed).drop_nulls("label")
    n_villages = known.select(whole("village_id").n_unique()).item()
    column = "village_id" if n_villages >= settings.min_clusters else "household_id"
    counted = (
        known.group_by(whole(column).alias("cluster"))
        .agg(*_visits("mine"), *_visits("champions"))
        .sort("cluster")
    )
    visits_made, hits, champions_visits, champions_hits = (
        counted[name].cast(pl.Float64).to_numpy() for name in _COUNTS
    )
    if not visits_made.sum() or not champions_visits.sum():
        return None
    mine, champions = Figure(hits, visits_made), Figure(champions_hits, champions_visits)
    drawn = Resampling(counted["cluster"], settings.resamples, settings.seed)
    spread = drawn.spread({"mine": mine, "champions": champions})
    low, high = (np.nan if end is None else end for end in interval(spread["mine"] - spread["champions"]))
    return Paired(
        tuple(day.isoformat() for day in known["as_of_date"].unique().sort().to_list()),
        int(visits_made.sum()),
        int(hits.sum()),
        int(champions_hits.sum()),
        mine.value - champions.value,
        low,
        high,
    )


def _turn(score: str, place: str) -> pl.Expr:
    """Order the households of a place and season: by risk, then by household id."""
    order = pl.struct((-pl.col(score)).alias("first"), pl.col("household_id").alias("then"))
    return order.rank("ordinal").over("as_of_date", whole(place))


def _visits(listed: str) -> list[pl.Expr]:
    return [
        pl.col(listed).sum().alias(f"{listed}_visits"),
        (pl.col(listed) & pl.col("label")).sum().alias(f"{listed}_found"),
    ]


_COUNTS = ("mine_visits", "mine_found", "champions_visits", "champions_found")
