"""Forecasts of causes beside the models: learned from what was known, judged on what came after, written."""

import json
from datetime import date

import numpy as np
import pandas as pd
import polars as pl
import pytest

from features.declaration import CAUSES
from models.causes.gate import FEW_RECORDS
from models.causes.storage import FORECAST, load_forecast
from models.keys import KEYS
from models.labels.recorded_causes import MONITORING
from models.risk.model import RiskModel
from models.risk.storage import save_model
from models.risk.training_set import TrainingSet
from models.training.season_training import TrainedSeason
from pipelines.stages.cause_forecasts import causes_recorded, fit_forecast, judge_forecasts
from pipelines.stages.seasons import Season
from pipelines.workspace.workspace import Workspace
from register.store import Register, seal, write_lines, write_register_shard
from tests.households import household, lines_of, village_tables
from tests.models.recorded import NAMES, recorded
from tests.parameters import parameters

PAST, ORIGIN, FINAL = date(2022, 12, 31), date(2023, 12, 31), date(2024, 12, 31)
PARAMS = parameters({"model.forecast.records": 100, "model.forecast.power": 0.0, "compute.threads": 1})


def cause_rows(day, seed, n=300):
    """Causes recorded half a year after `day`, and the features of those households on it."""
    frame, cause = recorded(n, seed)
    households = [f"{day.year}-{one:03}" for one in range(n)]
    records = pl.DataFrame(
        {
            "household_id": households,
            "as_of_date": day,
            "cause": [CAUSES[one] for one in cause],
            "cause_on": date(day.year + 1, 6, 30),
            "source": MONITORING,
            "county_id": "C1",
            "township_id": "T1",
            "village_id": [f"V{one % 40}" for one in range(n)],
        }
    )
    built = pl.DataFrame(frame.to_numpy(), NAMES).with_columns(records["household_id"], as_of_date=day)
    return records, built.select(*KEYS, *NAMES)


def trained_of(rows, season, workspace):
    frame = pd.DataFrame(
        rows.select(NAMES).to_numpy(),
        pd.MultiIndex.from_arrays(
            [rows["household_id"].to_list(), rows["as_of_date"].to_numpy().astype("datetime64[s]")],
            names=list(KEYS),
        ),
        NAMES,
    )
    label = np.arange(len(frame)) % 2
    model = RiskModel(members=1, rounds=3, min_data_in_leaf=5).fit(frame, label)
    for folder in season.folders:
        save_model(model, folder, {})
    known_on = np.full(len(frame), np.datetime64(season.day, "D"))
    training = TrainingSet(frame, label, np.ones(len(frame)), known_on)
    return TrainedSeason(model, training, rows.select(KEYS), frame, None, None, {})


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


def forecast_of(workspace, params=PARAMS, other_cause=0, later_cause=None, kept=300):
    """One season judged, 2023Q4, learned from 2022Q4; the delivered one learned from both."""
    (past, past_built), (later, later_built) = cause_rows(PAST, 0), cause_rows(ORIGIN, 1)
    past, later = past.head(kept), later.head(kept)
    later = later.with_columns(cause=pl.lit(later_cause) if later_cause else "cause")
    past = past.with_columns(
        cause=pl.when(pl.int_range(pl.len()) < other_cause).then(pl.lit("other")).otherwise("cause")
    )
    none = past_built.clear()
    seasons = [
        Season(ORIGIN, none, none, none, [workspace.origins / "2023Q4"], [], []),
        Season(FINAL, none, none, none, [workspace.final], [], []),
    ]
    both = pl.concat([past_built, later_built])
    trained = [
        trained_of(rows, one, workspace) for rows, one in zip([past_built, both], seasons, strict=True)
    ]
    records = {ORIGIN: past, FINAL: pl.concat([past, later])}
    forecasts = [
        fit_forecast(records[season.day], [both], one, params.model.forecast)
        for season, one in zip(seasons, trained, strict=True)
    ]
    return judge_forecasts(workspace, seasons, forecasts, records, [both], params)


def test_it_is_judged_on_causes_recorded_after_the_day_it_was_trained_on(workspace):
    verdict = forecast_of(workspace)
    assert (verdict["is_used"], verdict["why"]) == (True, "")
    assert (verdict["n"], verdict["records"], verdict["from_lookbacks"]) == (300, 600, 0)
    assert verdict["top1"] > 0.8 > 0.6 > verdict["commonest"]


def test_every_model_gets_its_own_and_the_delivered_one_the_verdict(workspace):
    verdict = forecast_of(workspace)
    origin, no_verdict = load_forecast(workspace.origins / "2023Q4")
    final, with_verdict = load_forecast(workspace.final)
    assert (origin.n_records, final.n_records) == (300, 600)
    assert (no_verdict, with_verdict) == ({}, json.loads(json.dumps(verdict)))


def test_from_too_few_records_none_is_learned_or_written(workspace):
    verdict = forecast_of(workspace, parameters({"model.forecast.records": 601, "compute.threads": 1}))
    assert (verdict["is_used"], verdict["why"], verdict["records"]) == (False, FEW_RECORDS, 600)
    assert not (workspace.final / FORECAST).exists()


def test_records_of_a_cause_without_features_are_left_out_and_counted(workspace):
    verdict = forecast_of(workspace, other_cause=50)
    assert (verdict["left_out"], verdict["records"]) == (50, 550)


def test_where_nobody_records_causes_none_is_learned_and_that_is_said(workspace):
    verdict = forecast_of(workspace, kept=0)
    assert (verdict["is_used"], verdict["why"]) == (False, FEW_RECORDS)
    assert (verdict["records"], verdict["n"], verdict["difference"]) == (0, 0, None)
    assert load_forecast(workspace.final) is None


def test_what_is_recorded_of_the_judged_season_teaches_its_own_forecast_nothing(workspace):
    forecast_of(workspace)
    first = load_forecast(workspace.origins / "2023Q4")[0].to_dict()
    forecast_of(workspace, later_cause="water")
    assert load_forecast(workspace.origins / "2023Q4")[0].to_dict() == first


def test_the_same_records_give_the_same_bytes(tmp_path):
    one, other = Workspace(tmp_path / "one"), Workspace(tmp_path / "other")
    for workspace in (one, other):
        forecast_of(workspace, parameters({"model.forecast.records": 100, "compute.threads": 2}))
    assert (one.final / FORECAST).read_bytes() == (other.final / FORECAST).read_bytes()


def test_causes_are_read_as_known_on_each_date(tmp_path):
    """Identified in May, entered in January: at the year's end nobody knew."""
    event = {"occurred_on": "2023-05-10", "event": "identified", "main_cause": "illness"}
    late = household("lin", income=100, monitoring=[{**event, "recorded_on": "2024-01-15"}])
    write_register_shard(tmp_path, "C1", village_tables(late))
    write_lines(tmp_path, lines_of())
    seal(tmp_path, {})
    judged = pl.DataFrame(
        {
            "household_id": "lin",
            "as_of_date": [PAST],
            "county_id": "C1",
            "township_id": "T1",
            "village_id": "V1",
        }
    )
    read = causes_recorded(Register(tmp_path), judged, parameters().label, {ORIGIN, FINAL}, PARAMS.compute)
    assert [read[day]["cause"].to_list() for day in (ORIGIN, FINAL)] == [[], ["illness"]]
    assert read[FINAL]["village_id"].to_list() == ["V1"]
