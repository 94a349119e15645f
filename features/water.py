"""Water: whether drinking water is safe, at hand and lasting."""

import polars as pl

from features.declaration import feature
from features.expressions import count, latest, within


@feature(
    over="water",
    zh="饮水不安全",
    en="drinking water is not safe",
    source="DOMAIN 1.5, 4: cut, quality, distance [S4]",
    bounds=(0, 1),
    direction=1,
)
def has_unsafe_water() -> pl.Expr:
    return latest(pl.col("status") != "safe")


@feature(
    over="water",
    zh="近24个月饮水问题次数",
    en="findings of unsafe water in 24 months",
    unit="findings",
    source="DOMAIN 4: cut, quality, distance [S4]",
    direction=1,
)
def n_unsafe_water_24m() -> pl.Expr:
    return count((pl.col("status") != "safe") & within(24))


@feature(
    over="water",
    zh="室内供水",
    en="water indoors",
    source="EPH IV6",
    bounds=(0, 1),
    direction=-1,
)
def has_indoor_water() -> pl.Expr:
    return latest(pl.col("supply") == "indoor")


@feature(
    over="water",
    zh="管网供水",
    en="water from the public network",
    source="EPH IV7",
    bounds=(0, 1),
    direction=-1,
)
def has_network_water() -> pl.Expr:
    return latest(pl.col("source") == "network")
