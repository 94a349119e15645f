"""The measurement runs on invented cohorts, with a forecast and without."""

import pytest

from pipelines.workspace.parameters import load_params
from studies.fidelity import naming_study
from studies.fidelity.naming_forecast import BY_HABIT, FORECAST, FORECAST_ALONE
from studies.fidelity.naming_study import judge_naming
from studies.fidelity.naming_ways import LEARNED, PRODUCT
from tests.studies.fidelity.cohorts import AlwaysWork, judged_cohort


@pytest.fixture
def cohorts():
    return [judged_cohort("2024Q1", seed=1), judged_cohort("2024Q2", seed=2)]


def test_without_a_forecast_nothing_is_ordered_by_one(cohorts, monkeypatch):
    monkeypatch.setattr(naming_study, "load_forecast", lambda _folder: None)
    judged = judge_naming(cohorts, load_params())
    assert judged.steps is None
    assert judged.product == PRODUCT
    assert {PRODUCT, LEARNED} <= judged.ways.keys()
    assert all(len(one.cause) == len(judged.truth.rows) for one in judged.ways.values())


def test_with_forecasts_names_are_ordered_and_steps_held_against_the_truth(cohorts, monkeypatch):
    monkeypatch.setattr(naming_study, "load_forecast", lambda _folder: (AlwaysWork(), {}))
    monkeypatch.setattr(naming_study, "refitted", lambda _cohorts, _params, shares: {
        share: [AlwaysWork(), AlwaysWork()] for share in shares
    })  # fmt: skip
    judged = judge_naming(cohorts, load_params())
    assert judged.product == FORECAST
    assert {FORECAST_ALONE, BY_HABIT.format(0.3)} <= judged.ways.keys()
    assert len(judged.steps) == 3
