"""What the register says of households by a day: where they live, kind, size, income beside the line."""

from collections.abc import Collection
from datetime import date

import polars as pl

from features.storage import read_features
from models.labels.monitored import monitored_at
from pipelines.workspace.workspace import HERE
from register.shard import Shard
from register.store import Register
from watchlists.monthly.proposals import HOMES


def homes_on_record(
    register: Register, county: str, ids: Collection[str], day: date, known_on: date
) -> pl.DataFrame:
    """Look households of a county up in the register.

    Parameters
    ----------
    register : Register
    county : str
        One that the register holds.
    ids : collection of str
        Households; those it does not know have no row.
    day : date
        What happened later is not seen.
    known_on : date
        Nor what was entered later.

    Returns
    -------
    DataFrame
        `watchlists.monthly.proposals.HOMES`, by household. Income is that of the newest
        features not after `day`; missing where the last run made none.
    """
    shard, wanted = register.shard(county), pl.col("household_id").is_in(list(ids))
    homes = shard.view("households", day, known_on).filter(wanted)
    villages = shard.tables["villages"].select("village_id", "township_id", village_name="name")
    monitored = monitored_at(shard, day, known_on).with_columns(is_monitored=True)
    known = (
        homes.join(villages.unique("village_id", keep="last"), on="village_id", how="left")
        .join(_people(shard, day, known_on), on="household_id", how="left")
        .join(_over_line(county, day), on="household_id", how="left")
        .join(monitored, on="household_id", how="left")
        .with_columns(pl.lit(county).alias("county_id"), pl.col("is_monitored").fill_null(value=False))
    )
    return known.select(pl.col(name).cast(kind) for name, kind in HOMES.items()).sort("household_id")


def _people(shard: Shard, day: date, known_on: date) -> pl.DataFrame:
    members = shard.view("members", day, known_on)
    return members.group_by("household_id").agg(pl.len().alias("people"))


def _over_line(county: str, day: date) -> pl.DataFrame:
    """Give income a person as a multiple of the line, as the newest features until a day have it."""
    path = HERE.features / f"{county}.parquet"
    if not path.is_file():
        return pl.DataFrame(schema={"household_id": pl.String(), "over_line": pl.Float64()})
    built = read_features(path, columns=["resources_over_line"]).filter(pl.col("as_of_date") <= day)
    newest = built.filter(pl.col("as_of_date") == pl.col("as_of_date").max())
    return newest.select("household_id", pl.col("resources_over_line").alias("over_line"))
