"""Invented households whose true risk is known: large families fall unseen half the time."""

import polars as pl

from models.evaluation.audit_attributes import ATTRIBUTES
from studies.fairness.cohort import with_lists
from tests.models.listed_rows import listed


def judged_with_truth(n=1200):
    """Half are a family of four or five, and the model halves its risk; every seventh is elderly."""
    rows = listed(n).with_columns(told_risk="risk_model", risk=pl.col("risk_model").sqrt())
    turn = pl.Series("turn", range(len(rows)))
    known = rows.with_columns(
        pl.lit(None, dtype=pl.String()).alias(name) for name in ATTRIBUTES
    ).with_columns(
        pl.when(turn % 4 < 2).then(pl.lit("4-5")).otherwise(pl.lit("2-3")).alias("household_size"),
        pl.when(turn % 7 == 1).then(pl.lit("yes")).otherwise(pl.lit("no")).alias("elderly_only"),
        pl.when(turn % 4 < 2).then(pl.col("risk_model") / 2).otherwise("risk_model").alias("risk_model"),
    )
    return with_lists(known)
