"""Stage: score the delivered season's cohort and split every risk by cause."""

import polars as pl

from models.explanations import explain_households
from models.risk import RiskModel
from models.training_set import feature_frame
from pipelines.champion import delivering_model
from pipelines.stage import run_stage
from pipelines.workspace import EXPLANATIONS, FEATURES, MODEL, load_params, shards
from register.atomic import read_parquet, write_parquet
from register.seasons import season_end


def main() -> None:
    """Read the model, the cohort and the features; write one file of explanations a county."""
    params = load_params()
    model = delivering_model(params)
    at_season = pl.col("as_of_date") == season_end(params["season"])
    rows = read_parquet(MODEL / "cohort.parquet").filter(at_season)
    counties = sorted(path.stem for path in FEATURES.glob("*.parquet"))
    for county_id in shards(counties, "explanations"):
        of_county = rows.filter(pl.col("county_id") == county_id)
        write_parquet(EXPLANATIONS / f"{county_id}.parquet", _explained(model, of_county, county_id))


def _explained(model: RiskModel, rows: pl.DataFrame, county_id: str) -> pl.DataFrame:
    built = read_parquet(FEATURES / f"{county_id}.parquet")
    joined, frame = feature_frame(rows, [built], model.feature_names_in_)
    return explain_households(model, joined, frame)


if __name__ == "__main__":
    run_stage(main)
