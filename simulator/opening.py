"""What an office knows of the years before its register: how things stand, and since when."""

import polars as pl

from simulator.timeline import Timeline

#: Tables of what came and went, of which nobody asks afterwards.
FLOWS = ("income", "shocks")
#: Kinds of health records that hold until told otherwise.
LASTING = ("chronic", "disability", "insurance")
#: What tells one lasting state of a household or person from another.
STATE = ("household_id", "member_id", "kind", "event")


def since_opening(name: str, rows: pl.DataFrame, timeline: Timeline) -> pl.DataFrame:
    """Leave out what was over when the register began.

    Parameters
    ----------
    name : str
        Table.
    rows : DataFrame
        What was, before anybody wrote it down.
    timeline : Timeline
        Of the register.

    Returns
    -------
    DataFrame
        Spells and states that went on, what happened since, and of each lasting state the
        last one before.
    """
    opening = pl.lit(timeline.opening.item())
    for ends in {"ended_on", "valid_to"}.intersection(rows.columns):
        return rows.filter(pl.col(ends).is_null() | (pl.col(ends) > opening))
    before = pl.col("occurred_on") < opening
    return pl.concat([_lasting(name, rows.filter(before)), rows.filter(~before)])


def _lasting(name: str, before: pl.DataFrame) -> pl.DataFrame:
    if name in FLOWS:
        return before.clear()
    states = before.filter(pl.col("kind").is_in(LASTING)) if name == "health" else before
    what = [column for column in STATE if column in before.columns]
    return states.sort("occurred_on", maintain_order=True).unique(what, keep="last", maintain_order=True)
