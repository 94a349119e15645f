from datetime import date

import polars as pl
import pytest

from models.evaluation.leaderboard import FACTS, models_of
from models.evaluation.untrained_baselines import UNTRAINED
from pipelines.stages.evaluation_rows import AUDITED, _scored, judged_rows
from pipelines.stages.features import main as build_features
from pipelines.workspace.workspace import Workspace
from register.atomic import read_parquet, write_json, write_parquet
from register.errors import SeasonError
from register.store import seal, write_lines, write_register_shard
from tests.laws.registers import LINES, random_tables
from tests.parameters import parameters

DAY = date(2022, 9, 30)
CHANGES = {
    "season": "2022Q4",
    "features.first_season": "2022Q3",
    "compute.threads": 1,
    "watchlist.capacity.visits": 4,
}


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


@pytest.fixture
def params(tmp_path):
    """Four visits a township, but for one of which a table beside says another number."""
    (tmp_path / "capacity.csv").write_text("place_id,visits\nT1,6\n", encoding="utf-8")
    return parameters({**CHANGES, "watchlist.capacity.table": str(tmp_path / "capacity.csv")})


@pytest.fixture
def scored(workspace, params):
    """One county whose households were scored at the end of 2022Q3; one township has six visits."""
    write_register_shard(workspace.register, "c1", random_tables(1, households=6))
    write_lines(workspace.register, LINES)
    seal(workspace.register, {})
    build_features(workspace, params)
    now = read_parquet(workspace.features / "c1.parquet").filter(pl.col("as_of_date") == DAY)
    keys = now.select("household_id", "as_of_date")
    township = pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("T1")).otherwise(pl.lit("T2"))
    flags = {"is_return": pl.lit(value=True), "under_help": pl.lit(value=False)}
    known = {"county_id": pl.lit("c1"), "village_id": pl.lit("v1"), **flags}
    write_parquet(
        workspace.cohort, keys.with_columns(**known, township_id=township, label=pl.lit(value=False))
    )
    scores = keys.with_columns(risk_model=0.1, risk_came=0.12, blend=0.2)
    write_parquet(workspace.origins / "2022Q3/scores.parquet", scores)
    write_json(workspace.training, {"origins": ["2022Q3"], "register_end": "2024-03-31"})
    return keys


def test_every_scored_household_is_judged_once_with_all_that_is_known(workspace, params, scored):
    found = judged_rows(workspace, params)
    assert found.select("household_id", "as_of_date").equals(scored.sort("household_id"))
    assert {*FACTS, *AUDITED} <= set(found.columns)
    assert set(models_of(found.drop(AUDITED))) == {"risk_model", "blend", *UNTRAINED}


def test_visits_are_those_of_the_place_or_of_every_place(workspace, params, scored):
    told = (
        judged_rows(workspace, params)
        .group_by("place")
        .agg(pl.col("visits").unique().implode())
        .sort("place")
        .rows()
    )
    assert [(place, set(visits)) for place, visits in told] == [("c1/T1", {6}), ("c1/T2", {4})]


@pytest.mark.parametrize(("cluster", "n"), [("village", 1), ("household", 6)])
def test_rows_are_drawn_again_by_village_or_by_household(workspace, params, scored, cluster, n):
    params = params.model_copy(update={"evaluate": params.evaluate.model_copy(update={"cluster": cluster})})
    assert judged_rows(workspace, params)["cluster"].n_unique() == min(n, len(scored))


def test_scored_households_without_features_are_refused(workspace, params, scored):
    path = workspace.features / "c1.parquet"
    first = scored["household_id"][0]
    write_parquet(path, read_parquet(path).filter(pl.col("household_id") != first))
    with pytest.raises(SeasonError) as refused:
        judged_rows(workspace, params)
    assert str(refused.value) == (
        f"features: found rows for {len(scored) - 1} of {len(scored)} scored households; run the features "
        "and train stages again (dvc repro train)"
    )


def test_scores_without_the_risk_for_the_rise_that_came_are_refused(workspace, params, scored):
    path = workspace.origins / "2022Q3/scores.parquet"
    write_parquet(path, read_parquet(path).drop("risk_came"))
    with pytest.raises(SeasonError) as refused:
        judged_rows(workspace, params)
    assert str(refused.value) == (
        "scores of 2022Q3: lack risk_came, the risk read for the rise of the line that came; run the train "
        "stage again (dvc repro -f train)"
    )


def test_townships_of_two_counties_that_share_an_id_are_two_places(workspace, params, scored):
    path = workspace.cohort
    moved = pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("c2")).otherwise("county_id").alias("county_id")
    write_parquet(path, read_parquet(path).with_columns(moved, township_id=pl.lit("T1")))
    assert _scored(workspace, params.watchlist.capacity)["place"].n_unique() == 2
