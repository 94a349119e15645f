"""Lists of the real visits of every place, and what of each was listed the season before."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from models.arrays import Floats
from models.evaluation.listing import Listing, listing

_FOLLOWING = {"before": pl.String(), "origin": pl.String()}


@dataclass(frozen=True)
class CapacityList:
    """What is listed at capacity in every origin, row by row, and what was listed the season before.

    Attributes
    ----------
    now : Listing
        Of every row of `judged`.
    before : ndarray, shape (n_rows,)
        How much of the household was listed in the origin before; NaN in the first one.
    """

    now: Listing
    before: Floats


def capacity_list(judged: pl.DataFrame, model: str) -> CapacityList:
    """List every origin's households at the real visits of their places."""
    place = pl.struct("origin", "place").rank("dense").cast(pl.Int64)
    label = pl.col("label").fill_null(value=False).cast(pl.Int64)
    facts = judged.select(place.alias("place"), label, pl.col("visits").cast(pl.Float64))
    now = listing(
        judged[model].to_numpy(), *(facts[name].to_numpy() for name in ("label", "place", "visits"))
    )
    return CapacityList(now, _listed_before(judged, now.mean))


def list_as_given(judged: pl.DataFrame, name: str) -> CapacityList:
    """Take a list that is a flag of every row; nobody on it is tied."""
    share = judged[name].cast(pl.Float64).to_numpy()
    return CapacityList(Listing(share, share, share), _listed_before(judged, share))


def _listed_before(judged: pl.DataFrame, listed: Floats) -> Floats:
    origins = judged["origin"].unique().sort().to_list()
    keys = ["household_id", "origin"]
    following = pl.DataFrame({"before": origins[:-1], "origin": origins[1:]}, schema=_FOLLOWING)
    earlier = judged.select(
        "household_id", pl.col("origin").alias("before"), pl.Series("listed", listed)
    ).join(following, on="before")
    joined = judged.select(keys).join(earlier, on=keys, how="left", maintain_order="left")
    known = pl.when(pl.col("origin") != origins[0]).then(pl.col("listed").fill_null(0.0))
    before: Floats = joined.select(known.fill_null(np.nan)).to_series().to_numpy()
    return before
