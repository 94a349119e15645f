"""A county's visits shared out by need: every place a floor, the rest where most falls are expected."""

import polars as pl

from watchlists.visits.capacity import NEED, Capacity


def shared_out(turns: pl.DataFrame, capacity: Capacity) -> pl.DataFrame:
    """Give every place its visits: its flat number, or its part of the county's where need shares them.

    Parameters
    ----------
    turns : DataFrame
        One row a household: `household_id`, places, `score`, ``turn``, ``priority`` (1 is visited first
        in its place), and of the place ``visits`` (the flat number) and ``beside``.
    capacity : Capacity
        How visits are shared (`share`), and the ``floor`` of a place.

    Returns
    -------
    DataFrame
        `turns` in their order; under need ``visits`` is the place's share.

    Notes
    -----
    Greedy by the published order: after the floors each further visit goes to the household of the
    county that comes first by turn, score and household id, wherever it lives. What a place gains by a
    further visit never rises, so no way to share out as many visits with that floor expects more falls
    (marginal analysis [Fox 1966]). Another visit of the county takes none from any place, which
    largest remainders do not promise [Balinski and Young 1982].

    The shares add up to what the flat number would use, so both cost the same. A place with a
    number of its own keeps it; visits ``beside`` the capacity are not shared.
    """
    if capacity.share != NEED:
        return turns
    place, county = capacity.key, "county_id"
    open_to_all = pl.len().over(place).cast(pl.Int64) - pl.col("beside")
    used = pl.min_horizontal("visits", open_to_all)
    least = pl.when(capacity.has_own()).then(used).otherwise(pl.min_horizontal(used, capacity.floor))
    known = turns.with_columns(used.alias("used"), least.alias("least"))
    pot = (pl.col("used") - pl.col("least")).filter(pl.col("priority") == 1).sum().over(county)
    waits = (pl.col("priority") - pl.col("beside") > pl.col("least")) & ~capacity.has_own()
    in_order = known.with_columns(waits.alias("waits"), pot.alias("pot"), (-pl.col("score")).alias("later"))
    waiting = pl.col("waits").cast(pl.Int64).cum_sum()
    served = waiting.over(county, order_by=["turn", "later", "household_id"]) <= pl.col("pot")
    shared = in_order.with_columns((pl.col("waits") & served).alias("served"))
    further = pl.col("served").cast(pl.Int64).sum().over(place)
    return shared.with_columns((pl.col("least") + further).alias("visits")).select(turns.columns)
