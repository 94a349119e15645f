"""Disaster: how often, how recently and how hard nature struck."""

import polars as pl

from features.declaration import feature
from features.expressions import count, months_since, neighbours_mean, total, within
from register.tables.shocks import DISASTERS

STRUCK = pl.col("kind").is_in(DISASTERS)


@feature(
    over="shocks",
    zh="近12个月自然灾害次数",
    en="natural disasters in 12 months",
    unit="events",
    source="DOMAIN 2.1 [C5]; DOMAIN 4: list after each event [S53]",
    direction=1,
)
def n_disasters_12m() -> pl.Expr:
    return count(STRUCK & within(12))


@feature(
    over="shocks",
    zh="近12个月灾害损失占全年需求",
    en="loss by disasters in 12 months, share of a year's needs",
    unit="x needs",
    source="DOMAIN 4: list after each event [S53]",
    direction=1,
)
def disaster_loss_over_needs_12m() -> pl.Expr:
    return total("loss_of_year", STRUCK & within(12))


@feature(
    over="shocks",
    zh="距最近一次灾害的月数（五年前或从未为60）",
    en="months since the last disaster (60 if five years ago or never)",
    unit="months",
    source="DOMAIN 2.1 [C5]",
    direction=-1,
)
def months_since_disaster() -> pl.Expr:
    return months_since(STRUCK, most=60)


@feature(
    over="village",
    zh="同村其他户平均灾害损失占全年需求",
    en="neighbours' mean loss by disasters in 12 months, share of a year's needs",
    unit="x needs",
    source="DOMAIN 4: list after each event [S53]; 8.1: disasters hit villages",
    direction=1,
)
def neighbours_disaster_loss() -> pl.Expr:
    return neighbours_mean(pl.col("disaster_loss_over_needs_12m").fill_null(0))
