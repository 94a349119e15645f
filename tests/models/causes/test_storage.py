"""A forecast beside its model: sealed with it, refused when it was changed, none where there is none."""

import json

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from models.causes.forecast import CauseForecast
from models.causes.storage import FORECAST, load_forecast, save_forecast
from models.risk.model import RiskModel
from models.risk.storage import MANIFEST, load_model, save_model
from register.atomic import sha256
from register.errors import StoreError
from tests.models.recorded import DECLARED, recorded


@pytest.fixture
def folder(tmp_path):
    frame, cause = recorded(200)
    save_model(RiskModel(members=1, rounds=3, min_data_in_leaf=5).fit(frame, cause), tmp_path, {})
    return tmp_path


def learned():
    frame, cause = recorded(200)
    return CauseForecast.fit(frame, cause, np.ones(len(frame)), DECLARED, 10.0, 300.0)


def test_what_was_saved_is_read_with_the_verdict_on_it(folder):
    save_forecast(learned(), folder, {"is_used": True})
    forecast, verdict = load_forecast(folder)
    frame, _ = recorded(50, seed=1)
    assert_array_equal(forecast.chances(frame), learned().chances(frame))
    assert verdict == {"is_used": True}


def test_the_models_manifest_seals_it_and_the_model_still_opens(folder):
    before = sha256(folder / MANIFEST)
    save_forecast(learned(), folder, {})
    sealed = json.loads((folder / MANIFEST).read_text())["sha256"]
    assert sealed[FORECAST] == sha256(folder / FORECAST)
    assert sha256(folder / MANIFEST) != before
    assert load_model(folder).feature_names == [one.name for one in DECLARED]


def test_a_model_without_a_forecast_has_none_whatever_lies_beside_it(folder):
    (folder / FORECAST).write_text("{}")
    assert load_forecast(folder) is None


@pytest.mark.parametrize("spoil", ["changed", "gone"])
def test_a_forecast_that_was_changed_or_is_gone_is_refused(folder, spoil):
    save_forecast(learned(), folder, {})
    path = folder / FORECAST
    path.unlink() if spoil == "gone" else path.write_text(path.read_text() + " ")
    with pytest.raises(StoreError) as refused:
        load_forecast(folder)
    assert str(refused.value) == (
        f"{path}: missing or changed since training; run training again (dvc repro -f train)"
    )
