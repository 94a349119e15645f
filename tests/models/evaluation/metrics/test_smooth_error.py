import numpy as np
import pytest

from models.evaluation.declaration import measure
from models.evaluation.metrics.risk import Risks
from models.evaluation.smooth_calibration import SmoothCalibration
from models.figures import Figure
from models.resampling import Resampling
from tests.models.judged_rows import judged


def smooth(risk, label):
    return measure("risk", Risks(risk, label))["smooth_calibration_error"]


def test_the_declared_figure_is_the_smooth_calibration_error():
    rows = judged()
    risk, label = rows["risk_model"].to_numpy() / 2, rows["label"].to_numpy().astype(np.int64)
    assert isinstance(smooth(risk, label), Figure)
    assert smooth(risk, label).value == pytest.approx(SmoothCalibration(risk, label).error)


def test_its_interval_is_that_of_working_it_out_again_for_every_draw():
    """Villages drawn again: halved risks are far off, so the error moves as a mean does."""
    rows = judged(1200)
    risk, label = rows["risk_model"].to_numpy() / 2, rows["label"].to_numpy().astype(np.int64)
    quick = Resampling(rows["cluster"], 400, 1).spread({"one": smooth(risk, label)})["one"].std()
    generator, clusters = np.random.default_rng(1), rows["cluster"].to_numpy()
    of = {one: np.flatnonzero(clusters == one) for one in np.unique(clusters)}
    again = [np.concatenate([of[one] for one in generator.choice(list(of), len(of))]) for _ in range(400)]
    slow = np.std([SmoothCalibration(risk[at], label[at].astype(float)).error for at in again])
    assert quick == pytest.approx(slow, rel=0.15)


@pytest.mark.parametrize("label", [[0, 0, 0], [1, 1, 1]])
def test_one_class_has_an_error_all_the_same(label):
    assert 0 < smooth(np.array([0.1, 0.2, 0.3]), np.array(label)).value <= 1
