"""A release of the households of `small_county`, and a shadow of it."""

from datetime import date

import polars as pl

from features.declaration import GROUPS
from models.keys import KEYS
from pipelines.workspace.parameters import load_params
from pipelines.workspace.shadows import keep_shadow
from pipelines.workspace.workspace import HERE
from register.atomic import write_parquet
from register.seasons import season_end
from tests.pipelines.small_county import county
from tests.watchlists.handed_out import releases_in
from watchlists.release.publication import publish
from watchlists.release.shadow import shadow_of
from watchlists.release.store import LISTED, open_release

SEASON = "2022Q1"
#: Every so many households of the county is on the list.
EVERY = 3


def scores(built, season=SEASON):
    """Score a season's households, every third one high and so on the list; one township."""
    rows = built.filter(pl.col("as_of_date") == season_end(season)).sort("household_id")
    parts = {f"phi_{group}": 0.0 for group in GROUPS}
    return rows.select(
        *KEYS,
        "village_id",
        pl.lit("c1").alias("county_id"),
        pl.lit("t0").alias("township_id"),
        pl.when(pl.int_range(pl.len()) % EVERY == 0).then(0.5).otherwise(0.1).alias("risk"),
        pl.lit(0.0).alias("base_margin"),
        pl.lit("illness").alias("main_cause"),
        *(pl.lit(value).alias(name) for name, value in parts.items()),
    )


def released_county(office, season=SEASON, households=30, order=False):
    """Build the county and publish a list of it, by risk or by an order without one."""
    built = county(office, households)
    params = load_params()
    every = scores(built, season).with_columns(
        pl.lit(None, pl.Float64()).alias("risk") if order else pl.col("risk")
    )
    chosen = every.filter(pl.int_range(pl.len()) % EVERY == 0).with_columns(
        rank=pl.int_range(1, pl.len() + 1)
    )

    def write(folder):
        write_parquet(folder / LISTED, chosen)
        write_parquet(folder / "scores.parquet", every)
        return {LISTED: len(chosen), "scores.parquet": len(every)}

    facts = {"parameters": params.written(), "register_sha256": "0" * 64, "model_sha256": "1" * 64}
    releases = releases_in(office)
    publish(releases, season, write, facts)
    return open_release(releases, season)


def shadow_of_county(release):
    """Write its shadow, whatever is known already."""
    params = load_params()
    shadow = shadow_of(
        release, params.hindsight.shadow, params.promotion, date(2022, 4, 2), date(2022, 3, 31)
    )
    keep_shadow(HERE, params, shadow)
    return shadow
