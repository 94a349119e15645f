from datetime import date

import polars as pl
import pytest

from models.evaluation.audit_attributes import ATTRIBUTES
from models.evaluation.leaderboard import FACTS, models_of
from models.evaluation.untrained_baselines import UNTRAINED
from pipelines.stages.evaluation_rows import _scored, judged_rows
from pipelines.stages.features import main as build_features
from register.atomic import read_parquet, write_json, write_parquet
from register.errors import SeasonError
from register.store import seal, write_lines, write_register_shard
from tests.laws.registers import LINES, random_tables
from tests.parameters import parameters, write_parameters

DAY = date(2022, 9, 30)
CHANGES = {
    "season": "2022Q4",
    "features.first_season": "2022Q3",
    "compute.threads": 1,
    "watchlist.capacity.visits": 4,
}
PARAMS = parameters(CHANGES)


@pytest.fixture
def scored(tmp_path, monkeypatch):
    """One county whose households were scored at the end of 2022Q3; one township has six visits."""
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "artifacts" / "register"
    write_register_shard(root, "c1", random_tables(1, households=6))
    write_lines(root, LINES)
    seal(root, {})
    write_parameters(tmp_path, CHANGES)
    (tmp_path / "capacity.csv").write_text("place_id,visits\nT1,6\n", encoding="utf-8")
    build_features()
    now = read_parquet(tmp_path / "artifacts/features/c1.parquet").filter(pl.col("as_of_date") == DAY)
    keys = now.select("household_id", "as_of_date")
    township = pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("T1")).otherwise(pl.lit("T2"))
    flags = {"is_return": pl.lit(value=True), "under_help": pl.lit(value=False)}
    known = {"county_id": pl.lit("c1"), "village_id": pl.lit("v1"), **flags}
    model = tmp_path / "artifacts" / "model"
    write_parquet(
        model / "cohort.parquet", keys.with_columns(**known, township_id=township, label=pl.lit(value=False))
    )
    write_parquet(model / "origins/2022Q3/scores.parquet", keys.with_columns(risk_model=0.1, blend=0.2))
    write_json(model / "training.json", {"origins": ["2022Q3"], "register_end": "2024-03-31"})
    return keys


def test_every_scored_household_is_judged_once_with_all_that_is_known(scored):
    found = judged_rows(PARAMS)
    assert found.select("household_id", "as_of_date").equals(scored.sort("household_id"))
    assert {*FACTS, *ATTRIBUTES, "fallen_as", "help"} <= set(found.columns)
    assert set(models_of(found.drop(*ATTRIBUTES, "fallen_as", "help"))) == {"risk_model", "blend", *UNTRAINED}


def test_visits_are_those_of_the_place_or_of_every_place(scored):
    told = judged_rows(PARAMS).group_by("place").agg(pl.col("visits").unique().implode()).sort("place").rows()
    assert [(place, set(visits)) for place, visits in told] == [("c1/T1", {6}), ("c1/T2", {4})]


@pytest.mark.parametrize(("cluster", "n"), [("village", 1), ("household", 6)])
def test_rows_are_drawn_again_by_village_or_by_household(scored, cluster, n):
    params = parameters({**CHANGES, "evaluate.cluster": cluster})
    assert judged_rows(params)["cluster"].n_unique() == min(n, len(scored))


def test_scored_households_without_features_are_refused(scored, tmp_path):
    path = tmp_path / "artifacts/features/c1.parquet"
    first = scored["household_id"][0]
    write_parquet(path, read_parquet(path).filter(pl.col("household_id") != first))
    with pytest.raises(SeasonError) as refused:
        judged_rows(PARAMS)
    assert str(refused.value) == (
        f"features: found rows for {len(scored) - 1} of {len(scored)} scored households; run the features "
        "and train stages again (dvc repro train)"
    )


def test_townships_of_two_counties_that_share_an_id_are_two_places(scored, tmp_path):
    path = tmp_path / "artifacts" / "model" / "cohort.parquet"
    moved = pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("c2")).otherwise("county_id").alias("county_id")
    write_parquet(path, read_parquet(path).with_columns(moved, township_id=pl.lit("T1")))
    assert _scored(PARAMS.watchlist.capacity)["place"].n_unique() == 2
