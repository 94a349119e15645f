"""Land, road and house: what the household lives on and in."""

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import Known


def _latest_land(known: Known) -> pl.DataFrame:
    latest = known.view("land").sort("household_id", "occurred_on").unique("household_id", keep="last")
    return latest.join(known.households, on="household_id", how="semi")


@check(
    severity="error",
    zh="耕地与林果面积合计超过{most_land_mu:g}亩或为负",
    en="arable land and orchard below 0 or above {most_land_mu:g} mu together",
    next_step="核对面积和单位 / check the area and its unit",
    reads=("land.arable_mu",),
    limits=("most_land_mu",),
    source="DOMAIN 3.6, land < 0 or > 200 mu [C1]",
)
def land_out_of_range(known: Known) -> pl.DataFrame:
    total = pl.col("arable_mu").fill_null(0) + pl.col("orchard_mu").fill_null(0)
    return _latest_land(known).filter(~total.is_between(0, known.limits["most_land_mu"]))


@check(
    severity="notice",
    zh="耕地面积超过{large_arable_mu:g}亩",
    en="more than {large_arable_mu:g} mu of arable land",
    next_step="核对面积和单位 / check the area and its unit",
    reads=("land.arable_mu",),
    limits=("large_arable_mu",),
    source="DOMAIN 3.6, land > 100 mu [C1]",
)
def large_arable(known: Known) -> pl.DataFrame:
    return _latest_land(known).filter(pl.col("arable_mu") > known.limits["large_arable_mu"])


@check(
    severity="warning",
    zh="流转土地多于自有土地",
    en="more land rented out than owned",
    next_step="核对流转面积 / check the area rented out",
    reads=("land.rented_out_mu", "land.arable_mu"),
    source="DOMAIN 3.2, land of the household [C4]",
)
def rents_out_more_than_owned(known: Known) -> pl.DataFrame:
    owned = sum((pl.col(name).fill_null(0) for name in ("forest_mu", "orchard_mu")), pl.col("arable_mu"))
    return _latest_land(known).filter(pl.col("rented_out_mu") > owned)


@check(
    severity="notice",
    zh="与村主干路距离超过{far_road_km:g}公里",
    en="more than {far_road_km:g} km from the main village road",
    next_step="核对距离和单位（公里） / check the distance and its unit (km)",
    reads=("households.road_distance_km",),
    limits=("far_road_km",),
    source="DOMAIN 3.6, road distance > 5 km [C1]",
)
def far_from_road(known: Known) -> pl.DataFrame:
    return known.households.filter(pl.col("road_distance_km") > known.limits["far_road_km"])
