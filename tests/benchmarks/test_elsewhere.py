"""Members and rows go to another interpreter and its values come back."""

import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.elsewhere import rivals_of
from benchmarks.invented import Shape, invented
from models.risk.model import RiskModel
from tests.benchmarks.stand_in import install

SHAPE = Shape("small", 6, 2)


@pytest.fixture(scope="module")
def fitted():
    """Give a small model and its rows."""
    rows = invented(SHAPE, 400)
    return RiskModel(members=2, rounds=5).fit(rows.frame, rows.label), rows


def test_what_is_not_installed_has_no_time_and_no_values(fitted):
    for rival in rivals_of(*fitted, few=10):
        assert (rival.version, rival.milliseconds, rival.singles) == (None, None, None)


def test_values_of_an_explainer_that_is_there_come_back(fitted, tmp_path, monkeypatch):
    """A stand-in for woodelf, which asks LightGBM itself."""
    monkeypatch.setenv("PYTHONPATH", str(install(tmp_path)))
    model, rows = fitted
    woodelf, groups = rivals_of(model, rows, few=10, python=Path(sys.executable))
    contributions = [
        one.predict(rows.frame.to_numpy()[:10], pred_contrib=True)[:, :-1] for one in model.members_
    ]
    assert (woodelf.name, woodelf.version) == ("woodelf-explainer", "0.0")
    np.testing.assert_allclose(woodelf.singles, np.mean(contributions, axis=0), atol=1e-12)
    assert groups.milliseconds is None
