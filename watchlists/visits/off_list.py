"""Who is at high risk and found no place on the list."""

import polars as pl

from watchlists.visits.season_visits import is_done_with

#: What `change` says of a household that is on no list.
UNLISTED = "unlisted"


def is_high_off_list(high_risk: float) -> pl.Expr:
    """Tell who is at a risk of `high_risk` or more and not listed; nobody where an order gives no risk."""
    return (~pl.col("is_listed") & (pl.col("risk") >= high_risk)).fill_null(value=False)


def high_off_list(allocated: pl.DataFrame, high_risk: float) -> pl.DataFrame:
    """Keep the cohort's households of high risk that found no place.

    Parameters
    ----------
    allocated : DataFrame
        The whole cohort (`watchlists.assembly.allocated_county`).
    high_risk : float
        Risk from which they are named, probability.

    Returns
    -------
    DataFrame
        Rows of `allocated`, the highest risk first, equal ones by household id. Who left
        the list because a visit of the season found it moved away or helped is not among them.
    """
    off = allocated.filter(is_high_off_list(high_risk), ~is_done_with())
    return off.sort("risk", "household_id", descending=[True, False])
