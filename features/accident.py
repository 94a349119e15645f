"""Accident: injuries and deaths, and their cost."""

import polars as pl

from features.declaration import feature
from features.expressions import count, months_since, total, within
from register.tables.shocks import ACCIDENTS

HURT = pl.col("kind").is_in(ACCIDENTS)


@feature(
    over="shocks",
    zh="近12个月意外事故次数",
    en="accidents in 12 months",
    unit="events",
    source="DOMAIN 4: traffic accidents [S39]",
    direction=1,
)
def n_accidents_12m() -> pl.Expr:
    return count(HURT & within(12))


@feature(
    over="shocks",
    zh="近12个月意外损失占全年需求",
    en="loss by accidents in 12 months, share of a year's needs",
    unit="x needs",
    source="DOMAIN 2.1 [C5]",
    direction=1,
)
def accident_loss_over_needs_12m() -> pl.Expr:
    return total("loss_of_year", HURT & within(12))


@feature(
    over="shocks",
    zh="距最近一次意外的月数（五年前或从未为60）",
    en="months since the last accident (60 if five years ago or never)",
    unit="months",
    source="DOMAIN 2.1 [C5]",
    direction=-1,
)
def months_since_accident() -> pl.Expr:
    return months_since(HURT, most=60)
