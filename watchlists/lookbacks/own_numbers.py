"""Visits told under a household's own number, brought under its id of the list."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from watchlists.lookbacks.sheet import Filled

#: Gives the id under which a household is kept.
KeptId = Callable[[str], str]


def with_listed_ids(filled: Filled, listed: pl.Series, kept_id: KeptId) -> Filled:
    """Name the households by their ids of the list, also where their own numbers were written.

    Parameters
    ----------
    filled : Filled
    listed : Series of str
        Ids of the list it is of.
    kept_id : callable
        Gives the id that an own number stands for.

    Returns
    -------
    Filled
        An id that is not on the list either way stays as it was written.
    """
    frame = filled.sheet.frame
    strays = (
        frame["household_id"].filter(~frame["household_id"].is_in(listed.implode())).unique().drop_nulls()
    )
    on_list = set(listed)
    own = {one: kept for one in strays if (kept := kept_id(one)) in on_list}
    if not own:
        return filled
    named = frame.with_columns(pl.col("household_id").replace(own))
    return replace(filled, sheet=replace(filled.sheet, frame=named))
