"""One county whose register and features lie in the office, and a model that knows two of its features."""

import polars as pl

from models.risk.storage import MANIFEST as MODEL_FILES
from models.risk.storage import save_model
from pipelines.stages.features import main as build_features
from pipelines.workspace.parameters import load_params
from pipelines.workspace.stage_code import RECORD, digest
from pipelines.workspace.workspace import HERE
from register.atomic import read_parquet, sha256, write_json, write_parquet, write_text
from register.seasons import season_end
from register.store import MANIFEST, seal, write_lines, write_register_shard
from tests.laws.registers import LINES, random_tables
from tests.parameters import write_parameters
from tests.pipelines.trained import fitted

CODE = {"features/illness.py": "ab12"}
CHANGES = {
    "season": "2022Q4",
    "features.first_season": "2021Q3",
    "compute.threads": 1,
    "compute.scheduler": "local",
    "watchlist.capacity.visits": 2,
}


def county(office, households=30):
    """Build the features of random households, as the stage leaves them."""
    write_parameters(office, {**CHANGES, "privacy.key_file": str(office / "keys/pseudonym.key")})
    write_text(office / "capacity.csv", "place_id,visits\n")
    write_register_shard(HERE.register, "c1", random_tables(1, households=households))
    write_lines(HERE.register, LINES)
    seal(HERE.register, {})
    build_features(HERE, load_params())
    write_json(HERE.features / RECORD, CODE)
    return read_parquet(HERE.features / "c1.parquet")


def trained_model(folder):
    """Save a small model, and name it by its digest."""
    save_model(fitted(["resources_over_line", "wage_income"], 2.0), folder, {"season": "2022Q4"})
    return sha256(folder / MODEL_FILES)


def made_from():
    """Say in the words of a manifest what register and features lie here."""
    return {"register_sha256": sha256(HERE.register / MANIFEST), "code_sha256": {"features": digest(CODE)}}


def _read_twice(keys, risk):
    """Read a risk for the rise of the line assumed and for that which came, the same here."""
    return keys.with_columns(risk_model=risk, risk_came=risk)


def judged(built, season="2022Q3"):
    """Score a past season's households, the first the highest; every second fell."""
    rows = built.filter(pl.col("as_of_date") == season_end(season)).sort("household_id")
    keys, turn = rows.select("household_id", "as_of_date"), pl.int_range(pl.len())
    places = {"county_id": pl.lit("c1"), "township_id": pl.lit("T1"), "village_id": pl.lit("V1")}
    write_parquet(HERE.cohort, keys.with_columns(**places, label=turn % 2 == 0))
    write_parquet(HERE.origins / season / "scores.parquet", _read_twice(keys, 1 / (2 + turn)))
    write_json(HERE.training, {"origins": [season], "register_end": "2024-03-31"})
    trained_model(HERE.origins / season)
    return keys["household_id"].to_list()
