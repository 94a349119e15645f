"""Two invented counties, one season and one model that is read for a line that stays and one that rises."""

from datetime import date

import polars as pl
import pytest
from scipy.special import expit

from models.keys import KEYS
from models.risk.calibration.calibrate import Calibration
from models.risk.calibration.line import Line
from models.risk.model import RiskModel
from models.risk.storage import save_model
from models.risk.training_set import feature_frame
from pipelines.stages.seasons import labelled_cohorts
from pipelines.workspace.workspace import Workspace
from register.atomic import write_json, write_parquet
from studies.line_rises.seasons import read_seasons
from tests.parameters import parameters
from tests.pipelines.stages.test_seasons import register_of

PARAMS = parameters({"label.months": 6, "label.settle_months": 3})
DAY, END = date(2022, 12, 31), date(2024, 3, 31)
READ = {"0.0": Calibration(Line(1.0, 0.0)), "0.15": Calibration(Line(1.0, 0.7)), "came": Calibration()}


@pytest.fixture
def finished(tmp_path):
    """What a run leaves that the study reads."""
    workspace = Workspace(tmp_path)
    register = register_of(workspace.register)
    rows = labelled_cohorts(register, [DAY], PARAMS.label, PARAMS.cohort.categories, END, PARAMS.compute)
    rows = rows.with_columns(pl.col("household_id").str.head(2).alias("county_id"))
    features = rows.select(*KEYS, pl.col("resources_over_line").fill_null(1.0).alias("income"))
    for county, own in rows.select(*KEYS, "county_id").join(features, on=KEYS).group_by("county_id"):
        write_parquet(workspace.features / f"{county[0]}.parquet", own.drop("county_id"))
    _, frame = feature_frame(rows.select(KEYS), [features], ["income"])
    model = RiskModel(members=1, rounds=3, min_data_in_leaf=5).fit(
        frame, frame["income"] < frame["income"].median()
    )
    write_parquet(workspace.cohort, rows)
    write_json(workspace.training, {"register_end": END.isoformat(), "origins": ["2022Q4"]})
    facts = {"line_changes": [1.15], "line_changes_came": [1.04]}
    save_model(model.calibrated(Calibration(), READ), workspace.origins / "2022Q4", facts)
    return workspace, model.raw_margin(frame)


def test_every_household_has_its_risk_and_its_outcome_for_every_stated_rise(finished):
    workspace, raw = finished
    (rows,) = read_seasons(workspace, PARAMS)
    assert set(rows["rise"]) == {"0.0", "0.15"}
    assert rows.select("season", "assumed", "came").unique().rows() == [("2022Q4", 1.15, 1.04)]
    higher, steady = (rows.filter(pl.col("rise") == rise) for rise in ("0.15", "0.0"))
    assert higher["risk"].max() <= expit(raw + 0.7).max() + 1e-12
    assert higher["risk"].mean() > steady["risk"].mean()
    assert higher["fell"].sum() >= steady["fell"].sum()
    assert rows["cluster"].str.contains("/").all()
