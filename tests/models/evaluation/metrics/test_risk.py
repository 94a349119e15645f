import numpy as np
import pytest
from hypothesis import example, given
from sklearn.metrics import brier_score_loss, log_loss

from models.evaluation.declaration import measure
from models.evaluation.metrics.risk import Risks
from tests.models.evaluation.metrics.test_ranking import moved, pairs


def test_the_figures_of_a_risk_are_those_of_scikit_learn():
    generator = np.random.default_rng(0)
    risk = generator.uniform(0.05, 0.6, 500)
    label = (generator.random(500) < risk).astype(np.int64)
    found = {name: value[0] for name, value in Risks(risk, label).metrics(np.ones((1, 500))).items()}
    base = label.mean()
    assert found["log_loss"] == pytest.approx(log_loss(label, risk))
    assert found["brier_skill"] == pytest.approx(1 - brier_score_loss(label, risk) / (base * (1 - base)))
    assert found["bias"] == pytest.approx(risk.mean() - base)
    assert found["slope"] == pytest.approx(1, abs=0.3)
    relative = measure("risk", Risks(risk, label))["relative_bias"]
    assert relative.value == pytest.approx(found["bias"] / base)


def test_where_nobody_fell_no_bias_is_relative_to_it():
    assert np.isnan(measure("risk", Risks(np.array([0.1, 0.2]), np.array([0, 0])))["relative_bias"].value)


def test_too_bold_risks_have_a_slope_below_one():
    generator = np.random.default_rng(0)
    margin = generator.normal(-1, 1, 5000)
    label = (generator.random(5000) < 1 / (1 + np.exp(-margin))).astype(np.int64)
    bold = 1 / (1 + np.exp(-2 * margin))
    assert Risks(bold, label).metrics(np.ones((1, 5000)))["slope"][0] == pytest.approx(0.5, abs=0.05)


def test_the_influence_of_a_row_is_what_its_weight_does_to_a_risk():
    generator = np.random.default_rng(0)
    risk = generator.uniform(0.05, 0.6, 200)
    risks = Risks(risk, (generator.random(200) < risk).astype(np.int64))
    figures = measure("risk", risks)
    for row in range(0, 200, 17):
        plain = moved(risks.metrics, 200, row)
        assert figures["brier_skill"].part[row] == pytest.approx(plain["brier_skill"], abs=1e-4)
        assert figures["slope"].part[row] == pytest.approx(plain["slope"], abs=1e-4)


@pytest.mark.parametrize("label", [[0, 0, 0], [1, 1, 1]])
def test_one_class_gives_no_slope_and_no_crash(label):
    found = measure("risk", Risks(np.array([0.1, 0.2, 0.3]), np.array(label)))
    assert np.isnan(found["slope"].value)
    assert np.isnan(found["brier_skill"].value)
    assert np.isfinite(found["bias"].value)


@given(pairs)
@example([(0, 0), (0, 0), (0, 0), (2, 1)])
def test_figures_have_the_values_of_the_metrics(rows):
    score, label = (np.array(column) for column in zip(*rows, strict=True))
    risks = Risks((score + 1) / 9, label)
    figures = measure("risk", risks)
    for name, value in risks.metrics(np.ones((1, len(rows)))).items():
        if name != "slope" or overlap(score, label):
            assert figures[name].value == pytest.approx(value[0], nan_ok=True), name


def overlap(score, label):
    """Tell whether some who fell were scored below some who did not, and some above: else no slope fits."""
    fell, held = score[label == 1], score[label == 0]
    return bool(len(fell) and len(held) and fell.min() < held.max() and held.min() < fell.max())
