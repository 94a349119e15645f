"""Community: how the neighbours fare, and what the village can reach."""

import polars as pl

from features.declaration import feature
from features.expressions import latest, neighbours_mean


@feature(
    over="village",
    zh="同村其他户平均收入与线之比",
    en="neighbours' mean of resources over the line",
    unit="x line",
    source="EVALUATION 2: village mean is a baseline",
    bounds=(None, None),
    direction=-1,
)
def neighbours_resources() -> pl.Expr:
    return neighbours_mean("resources_over_line")


@feature(
    over="village",
    zh="同村其他户低于线的比例",
    en="share of neighbours below the line",
    source="EVALUATION 2: village mean is a baseline",
    bounds=(0, 1),
    direction=1,
)
def neighbours_below_line() -> pl.Expr:
    return neighbours_mean(pl.col("resources_over_line") < 1)


@feature(
    over="village",
    zh="同村其他户最近四次观察中低于线的平均次数",
    en="neighbours' mean number of observations below the line, of the last four",
    unit="falls",
    source="EVALUATION 2: past falls are a baseline",
)
def neighbours_past_falls() -> pl.Expr:
    return neighbours_mean("n_past_falls")


@feature(
    over="village",
    zh="同村其他户平均就业比",
    en="neighbours' mean of workers per member of working age",
    source="DOMAIN 4: job loss or return home [S43]",
)
def neighbours_employed() -> pl.Expr:
    return neighbours_mean("employed_per_working_age")


@feature(
    over="village",
    zh="同村其他户受灾比例",
    en="share of neighbours struck by a disaster in 12 months",
    source="DOMAIN 4: disaster-affected households [S53]",
    bounds=(0, 1),
)
def neighbours_disasters() -> pl.Expr:
    return neighbours_mean((pl.col("n_disasters_12m") > 0).fill_null(value=False))


@feature(
    over="villages",
    zh="距乡镇距离",
    en="distance to the town",
    unit="km",
    source="DOMAIN 3.4 [C1]",
)
def distance_to_town() -> pl.Expr:
    return latest("distance_to_town_km")


@feature(over="villages", zh="村有卫生室", en="village has a clinic", source="DOMAIN 3.4 [C1]", bounds=(0, 1))
def has_village_clinic() -> pl.Expr:
    return latest("has_clinic")


@feature(
    over="villages",
    zh="偏远或边境村",
    en="remote or border village",
    source="DOMAIN 7.2: remote places",
    bounds=(0, 1),
)
def is_remote_village() -> pl.Expr:
    return latest("is_remote")


@feature(
    over="township",
    zh="同乡镇其他户平均收入与线之比",
    en="mean of resources over the line in the rest of the township",
    unit="x line",
    source="DOMAIN 1.6: townships compare and review [S26]; EVALUATION 2",
    bounds=(None, None),
)
def township_resources() -> pl.Expr:
    return neighbours_mean("resources_over_line")


@feature(
    over="county",
    zh="同县其他户平均收入与线之比",
    en="mean of resources over the line in the rest of the county",
    unit="x line",
    source="DOMAIN 1.6: counties compare [S39]; EVALUATION 2",
    bounds=(None, None),
)
def county_resources() -> pl.Expr:
    return neighbours_mean("resources_over_line")
