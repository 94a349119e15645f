"""Laws of the smooth calibration error, and the published integral written out in full."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.special import expit

from models.evaluation.smooth_calibration import SmoothCalibration

rows = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=1, max_size=40)


def columns(pairs):
    risk, label = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    return risk, label


def drawn(n, seed=0, tilt=0.0):
    generator = np.random.default_rng(seed)
    risk = expit(generator.normal(-2, 1, n))
    return risk, (generator.random(n) < expit(np.log(risk / (1 - risk)) + tilt)).astype(float)


def written_out(risk, label, points=4000):
    """Integrate the absolute smoothed residual, the kernel mirrored at 0 and 1, at its own width."""
    at = (np.arange(points) + 0.5) / points
    mirrored = np.concatenate([risk + 2 * turn for turn in range(-3, 4)])
    mirrored = np.concatenate([mirrored, -mirrored])
    residual = np.tile(label - risk, len(mirrored) // len(risk))

    def error(width):
        kernel = np.exp(-(((at[:, None] - mirrored) / width) ** 2) / 2) / width / np.sqrt(2 * np.pi)
        return np.abs(kernel @ residual / len(risk)).mean()

    return brentq(lambda width: error(width) - width, 1e-3, 1)


@pytest.mark.parametrize(("n", "seed", "tilt"), [(60, 1, 0.0), (200, 2, 1.0), (200, 3, -2.0)])
def test_the_error_is_the_integral_of_the_paper(n, seed, tilt):
    risk, label = drawn(n, seed, tilt)
    assert SmoothCalibration(risk, label).error == pytest.approx(written_out(risk, label), rel=2e-3)


@given(rows)
def test_it_lies_within_zero_and_one_and_is_never_below_the_bias(pairs):
    risk, label = columns(pairs)
    error = SmoothCalibration(risk, label).error
    assert abs((risk - label).mean()) - 1e-7 <= error <= 1


@given(rows)
def test_the_order_of_rows_is_nothing_to_it(pairs):
    forwards, backwards = (SmoothCalibration(*columns(one)).error for one in (pairs, pairs[::-1]))
    assert forwards == pytest.approx(backwards, abs=1e-8)


@given(st.floats(0, 1), st.integers(1, 20), st.integers(0, 20))
def test_of_one_risk_for_all_it_is_the_bias(risk, n, fell):
    label = (np.arange(n) < fell).astype(float)
    assert SmoothCalibration(np.full(n, risk), label).error == pytest.approx(
        abs(risk - label.mean()), abs=1e-6
    )


def test_where_as_many_fell_at_every_risk_as_it_says_there_is_no_error():
    """A quarter of those told .25 fell, half of those told .5."""
    label = np.array([1.0, 0.0, 0.0, 0.0, 1.0, 0.0])
    assert SmoothCalibration(np.array([0.25] * 4 + [0.5] * 2), label).error == pytest.approx(0, abs=1e-6)


def test_of_true_risks_it_goes_to_zero_as_rows_become_many_and_of_wrong_ones_it_does_not():
    right = [np.mean([SmoothCalibration(*drawn(n, seed)).error for seed in range(5)]) for n in (400, 40_000)]
    wrong = [
        np.mean([SmoothCalibration(*drawn(n, seed, 0.5)).error for seed in range(5)]) for n in (400, 40_000)
    ]
    assert right[1] < right[0] / 4
    assert wrong[1] > wrong[0] / 2 > right[1]


def test_wider_is_never_more():
    smooth = SmoothCalibration(*drawn(300, tilt=0.5))
    errors = [smooth.at(width) for width in np.linspace(0.001, 1, 50)]
    assert np.all(np.diff(errors) < 1e-9)


def test_the_influence_of_a_row_is_what_its_weight_does_to_the_error():
    risk, label = drawn(300, tilt=0.7)
    smooth, often = SmoothCalibration(risk, label), 200
    for row in range(0, 300, 29):
        once_more = np.append(np.tile(np.arange(300), often), row)
        moved = SmoothCalibration(risk[once_more], label[once_more]).error - smooth.error
        assert smooth.influence[row] == pytest.approx(moved * len(once_more), abs=2e-3)
    assert smooth.influence.mean() == pytest.approx(0, abs=1e-12)
