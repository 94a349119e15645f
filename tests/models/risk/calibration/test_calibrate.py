import json

import numpy as np
import pytest
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from models.risk.calibration.calibrate import Calibration, calibrate
from models.risk.calibration.line import fit_line
from models.risk.calibration.maps import MAPS


def drawn(slope, intercept, n=20_000, seed=0):
    generator = np.random.default_rng(seed)
    raw = generator.normal(-2, 1, n)
    return raw, (generator.random(n) < expit(slope * raw + intercept)).astype(np.int64)


def test_the_line_is_the_one_scikit_learn_finds():
    raw, label = drawn(0.7, 0.4, 3000)
    weight = np.random.default_rng(1).uniform(0.5, 2, 3000)
    slope, intercept = fit_line(raw, label, weight)
    other = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000).fit(raw[:, None], label, weight)
    assert (slope, intercept) == pytest.approx((other.coef_[0, 0], other.intercept_[0]), abs=1e-5)


def test_too_bold_a_margin_is_calmed():
    raw, label = drawn(0.5, 0.2)
    fitted = calibrate(raw, label, 50)
    assert (fitted.map.slope, fitted.map.intercept) == pytest.approx((0.5, 0.2), abs=0.08)
    assert expit(fitted.margin(raw)).mean() == pytest.approx(label.mean(), abs=1e-9)


def test_without_later_rows_nothing_is_changed():
    fitted = calibrate(np.array([]), np.array([], dtype=np.int64), 50)
    assert fitted == Calibration(note="identity: 0 of 0 later rows positive")


def test_later_rows_that_run_against_the_margin_are_not_followed():
    raw, label = drawn(-1.0, 0.0)
    assert calibrate(raw, label, 50).note == "identity: later rows ran against the margin"


def test_a_calibration_is_read_back_as_it_was_stored():
    raw, label = drawn(0.8, 0.1, 2000)
    for fitted in (calibrate(raw, label, 50), Calibration(note="identity: 0 of 0 later rows positive")):
        assert Calibration.from_dict(json.loads(json.dumps(fitted.to_dict()))) == fitted


@pytest.mark.parametrize("name", MAPS)
def test_whichever_map_is_in_use_calibrates(name, monkeypatch):
    monkeypatch.setattr("models.risk.calibration.calibrate.IN_USE", name)
    raw, label = drawn(0.8, 0.1, 2000)
    fitted = calibrate(raw, label, 50)
    assert (fitted.map.name, fitted.note) == (name, "")
