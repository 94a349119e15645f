"""Housing: whether the house is safe, sound, large enough and the household's own."""

import polars as pl

from features.declaration import feature
from features.expressions import latest, ratio


@feature(
    over="housing",
    zh="住危房（C、D级）",
    en="lives in a dangerous house (grade C or D)",
    source="DOMAIN 3.5: grades [S50]; DOMAIN 4: unsafe house [S4]",
    bounds=(0, 1),
    direction=1,
)
def has_dangerous_house() -> pl.Expr:
    return latest(pl.col("grade").is_in(["C", "D"]))


@feature(over="housing", zh="房间数", en="rooms", unit="rooms", source="EPH II1")
def n_rooms() -> pl.Expr:
    return latest("rooms")


@feature(
    over="housing",
    zh="租住",
    en="lives as a tenant",
    source="EPH II7",
    bounds=(0, 1),
)
def is_tenant() -> pl.Expr:
    return latest(pl.col("tenure") == "tenant")


@feature(
    over="housing",
    zh="简陋地面",
    en="earth or loose floor",
    source="EPH IV3",
    bounds=(0, 1),
    direction=1,
)
def has_poor_floor() -> pl.Expr:
    return latest("has_poor_floor")


@feature(
    over="housing",
    zh="简陋屋顶",
    en="roof without ceiling or of makeshift material",
    source="EPH IV4, IV5",
    bounds=(0, 1),
    direction=1,
)
def has_poor_roof() -> pl.Expr:
    return latest("has_poor_roof")


@feature(
    over="housing",
    zh="室内厕所",
    en="has a toilet of its own",
    source="DOMAIN 3.5 [S51]; EPH IV8",
    bounds=(0, 1),
    direction=-1,
)
def has_toilet() -> pl.Expr:
    return latest("has_toilet")


@feature(
    over="housing",
    zh="使用管道燃气或电为主要燃料",
    en="cooks with mains gas or electricity",
    source="DOMAIN 3.5: fuels [C2]; EPH II8",
    bounds=(0, 1),
    direction=-1,
)
def has_mains_fuel() -> pl.Expr:
    return latest(pl.col("fuel") == "mains")


@feature(
    over="housing",
    zh="邻近危险源",
    en="near a dump, in a flood zone or informal settlement",
    source="EPH IV12",
    bounds=(0, 1),
    direction=1,
)
def is_near_hazard() -> pl.Expr:
    return latest("is_near_hazard")


@feature(
    over="household",
    zh="每间房人数",
    en="persons per room",
    unit="persons",
    source="EPH II1: crowding",
    direction=1,
)
def persons_per_room() -> pl.Expr:
    return ratio("n_members", "n_rooms")
