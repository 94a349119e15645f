"""Relocation: moves of the household, and who came or left."""

import polars as pl

from features.declaration import feature
from features.expressions import count, latest, months_since, ratio, within

MOVED = pl.col("kind").is_in(["site_move", "scattered_move", "second_move"])


@feature(
    over="relocation",
    zh="易地搬迁户",
    en="was relocated",
    source="DOMAIN 3.1, 8.1: relocated .11 [S65]",
    bounds=(0, 1),
)
def is_relocated() -> pl.Expr:
    return MOVED.any()


@feature(
    over="relocation",
    zh="距搬迁的月数",
    en="months since the last move",
    unit="months",
    source="DOMAIN 3.5: date of moving in [C2]",
)
def months_since_move() -> pl.Expr:
    return months_since(MOVED)


@feature(
    over="relocation",
    zh="安置点距原土地",
    en="distance of the site from the old land",
    unit="km",
    source="DOMAIN 3.5: settlement table [C2]",
)
def move_distance() -> pl.Expr:
    return latest("distance_km")


@feature(
    over="relocation",
    zh="来自外地或新近迁入",
    en="came from elsewhere or arrived lately",
    source="EPH CH15, CH16",
    bounds=(0, 1),
)
def is_from_elsewhere() -> pl.Expr:
    return pl.col("kind").is_in(["from_elsewhere", "from_abroad", "recent_arrival"]).any()


@feature(
    over="relocation",
    zh="近12个月新增成员次数",
    en="members who joined in 12 months",
    unit="persons",
    source="DOMAIN 1.1: actual co-residence [S2]",
)
def n_joined_12m() -> pl.Expr:
    return count((pl.col("kind") == "member_joined") & within(12))


@feature(
    over="relocation",
    zh="近12个月离开成员次数",
    en="members who left in 12 months",
    unit="persons",
    source="DOMAIN 1.1: actual co-residence [S2]",
)
def n_left_12m() -> pl.Expr:
    return count((pl.col("kind") == "member_left") & within(12))


@feature(
    over="relocation",
    zh="二次搬迁",
    en="moved a second time",
    source="DOMAIN 3.5: ways of moving [C2]",
    bounds=(0, 1),
)
def has_second_move() -> pl.Expr:
    return (pl.col("kind") == "second_move").any()


@feature(
    over="relocation",
    zh="安置点有帮扶车间",
    en="the site has a workshop",
    source="DOMAIN 5: support after moving [S42][S59]",
    bounds=(0, 1),
)
def has_site_workshop() -> pl.Expr:
    return latest("site_has_workshop")


@feature(
    over="household",
    zh="搬迁户劳动年龄人口就业比",
    en="workers per member of working age, of a relocated household",
    source="DOMAIN 6.1: 79 % of the relocated at work [S59]",
    direction=-1,
)
def site_employment() -> pl.Expr:
    return pl.when(pl.col("is_relocated") == 1).then(ratio("n_workers", "n_working_age"))
