"""The invented households of `judged_rows` on a list with a duty: `heavy_bills` speaks for every tenth."""

import polars as pl

from models.evaluation.capacity_lists import capacity_list
from tests.models.judged_rows import judged


def listed(n=600, visits=60):
    """Duties first, then risk, in every place; the list by risk alone stands beside it."""
    rows = judged(n).with_columns(visits=visits).sort("origin", "household_id")
    duties = [["heavy_bills"] if place % 10 == 0 else [] for place in range(len(rows))]
    by_risk = pl.Series("listed_without_all", capacity_list(rows, "risk_model").now.mean == 1)
    known = rows.with_columns(
        by_risk,
        by_risk.alias("listed_without_heavy_bills"),
        pl.Series("duties", duties, pl.List(pl.String())),
    )
    turn = pl.col("risk_model") + (pl.col("duties").list.len() > 0).cast(pl.Float64)
    order = turn.rank("ordinal", descending=True).over("origin", "place")
    return known.with_columns(is_listed=order <= visits)
