"""A training and its evaluation as the stages leave them, small, and recorded as a run."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

from models.registry.gates import CANARIES
from models.risk.model import RiskModel
from models.risk.storage import save_model
from pipelines.stages.recording import record_run
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.atomic import write_json, write_parquet, write_text
from register.seasons import season_end

HOUSEHOLDS = [f"H{number:03}" for number in range(400)]
FIGURES = {
    "auc": 0.8,
    "auc_return": 0.78,
    "ap": 0.2,
    "precision_at_10": 0.15,
    "bias": 0.01,
    "bias_came": 0.005,
    "relative_bias": 0.05,
    "relative_bias_came": 0.025,
    "slope": 1.05,
    "slope_came": 1.04,
    "n": 400,
    "n_positive": 80,
}
GROUPS = (
    "group,value,recall_at_capacity,n_positive\n"
    "ethnicity,minority,0.42,60\nethnicity,other,0.45,70\nhead,female,0.1,3\n"
)


BY_SEASON = "season,relative_bias_came\n2024Q1,-0.05\n2024Q2,0.11\n"


def trained(
    season="2025Q4", skill=2.0, origins=("2024Q1", "2024Q2"), n_dates=5, params=None, failing=(), **changes
):
    """Train a small model, leave behind what the stages would, and record it.

    `skill` is how well the judged seasons were ranked; `changes` are figures, ``groups``, ``by_season``
    or ``features``.
    """
    features = changes.pop("features", ["resources_over_line", "wage_income"])
    groups, by_season = changes.pop("groups", GROUPS), changes.pop("by_season", BY_SEASON)
    save_model(fitted(features, skill), HERE.final, {"season": season})
    write_json(HERE.training, {"origins": list(origins)})
    rows = pl.concat([scored(day, skill) for day in map(season_end, origins)])
    for one in origins:
        of_season = rows.filter(pl.col("as_of_date") == season_end(one))
        write_parquet(
            HERE.origins / one / "scores.parquet",
            of_season.rename({"risk": "risk_model"}).with_columns(risk_came="risk_model"),
        )
    write_parquet(HERE.cohort, cohort(rows, n_dates))
    found = [{"canary": one, "passed": one not in failing, "found": "", "allowed": ""} for one in CANARIES]
    write_json(HERE.model / "canaries.json", found)
    write_json(HERE.evaluation / "metrics.json", FIGURES | changes)
    if groups:
        write_text(HERE.tables / "groups.csv", groups)
    if by_season:
        write_text(HERE.tables / "calibration_by_season.csv", by_season)
    write_json(HERE.register / "manifest.json", {"sha256": {}})
    write_text(Path("requirements.lock"), "")
    write_text(Path("capacity.csv"), "place_id,visits\n")
    return record_run(HERE, params or load_params().model_copy(update={"season": season}))


def fitted(features, skill):
    generator = np.random.default_rng(int(skill * 10))
    label = generator.integers(0, 2, 200)
    index = pd.MultiIndex.from_product([[f"T{i}" for i in range(200)], [np.datetime64("2023-12-31", "s")]])
    frame = pd.DataFrame(generator.random((200, len(features))) + label[:, None], index, columns=features)
    return RiskModel(members=1, rounds=3, min_data_in_leaf=5).fit(frame, label)


def scored(day, skill):
    """Score 400 households of four townships; every fifth fell."""
    generator = np.random.default_rng(day.toordinal())
    fell = np.arange(len(HOUSEHOLDS)) % 5 == 0
    margin = skill * fell + generator.normal(size=len(HOUSEHOLDS))
    return pl.DataFrame({"household_id": HOUSEHOLDS, "as_of_date": day, "risk": 1 / (1 + np.exp(-margin))})


def cohort(rows, n_dates):
    """Give the judged rows their place and outcome, and add `n_dates` closed dates in all."""
    number = pl.col("household_id").str.slice(1).cast(pl.Int64)
    placed = rows.select(
        "household_id",
        "as_of_date",
        pl.lit("C1").alias("county_id"),
        pl.format("T{}", number % 4).alias("township_id"),
        pl.format("V{}", number % 40).alias("village_id"),
        (number % 5 == 0).alias("label"),
        pl.lit(date(2025, 9, 30)).alias("label_known_on"),
    )
    more = n_dates - placed["as_of_date"].n_unique()
    earlier = [placed[:1].with_columns(as_of_date=date(2020 - one, 12, 31)) for one in range(more)]
    return pl.concat([placed, *earlier])
