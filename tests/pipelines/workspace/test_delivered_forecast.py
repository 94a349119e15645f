"""Which forecast of causes speaks: the delivering model's, if it has one and the gate let it pass."""

from pathlib import Path

import numpy as np
import pytest

from models.causes.forecast import CauseForecast
from models.causes.storage import save_forecast
from models.risk.model import RiskModel
from models.risk.storage import save_model
from pipelines.workspace.delivered_forecast import delivered_forecast
from pipelines.workspace.workspace import HERE
from register.atomic import write_json
from tests.models.recorded import DECLARED, recorded
from tests.parameters import parameters


@pytest.fixture(autouse=True)
def office(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_json(HERE.training, {"origins": ["2023Q4"]})


def model_with(folder, verdict=None):
    frame, cause = recorded(100)
    save_model(RiskModel(members=1, rounds=3, min_data_in_leaf=5).fit(frame, cause), folder, {})
    if verdict is not None:
        forecast = CauseForecast.fit(frame, cause, np.ones(100), DECLARED, 10.0, 300.0)
        save_forecast(forecast, folder, verdict)


def delivered(**changes):
    changes = {f"model.{name}": value for name, value in ({"kind": "trained"} | changes).items()}
    return delivered_forecast(HERE, parameters(changes))


def test_the_one_that_passed_the_gate_speaks():
    model_with(HERE.final, {"is_used": True})
    assert delivered().n_records == 100


def test_one_the_gate_held_back_does_not():
    model_with(HERE.final, {"is_used": False})
    assert delivered() is None


def test_beside_a_model_without_one_none_speaks():
    model_with(HERE.final)
    assert delivered() is None


def test_under_a_published_order_none_speaks():
    model_with(HERE.final, {"is_used": True})
    assert delivered(kind="rules") is None


def test_a_model_of_another_place_brings_its_own_or_none():
    model_with(Path("with"), {"is_used": True})
    model_with(Path("without"))
    assert delivered(of_another_place="with").n_records == 100
    assert delivered(of_another_place="without") is None
