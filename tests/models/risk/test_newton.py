from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from models.risk.newton import Likelihood, least_within, most_likely

SIDES = st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=6).map(np.array)
SEEDS = st.integers(0, 10_000)


def invented(sides, seed, n=300):
    """Rows whose odds depend on every column, with weights of their own; the columns go together."""
    generator = np.random.default_rng(seed)
    columns = generator.normal(size=(n, len(sides))) + generator.normal(size=(n, 1))
    margin = columns @ generator.normal(size=len(sides)) - 1
    label = (generator.random(n) < 1 / (1 + np.exp(-margin))).astype(np.int64)
    penalty = generator.uniform(0.1, 20, len(sides))
    return Likelihood(columns, label, generator.uniform(0.5, 7, n), penalty)


@settings(deadline=None)
@given(SIDES, SEEDS)
def test_no_allowed_step_from_the_end_lowers_the_loss(sides, seed):
    """The conditions of Karush, Kuhn and Tucker: no slope along a free weight, only uphill from a bound."""
    rows = invented(sides, seed)
    end = most_likely(rows, sides, np.zeros(len(sides)))
    slope = rows.slope(rows.columns @ end, end)
    assert (sides * end >= 0).all()
    assert_allclose(slope[(sides == 0) | (end != 0)], 0, atol=1e-4)
    assert (slope[end == 0] * sides[end == 0] >= -1e-4).all()


@settings(deadline=None)
@given(SIDES, SEEDS)
def test_every_start_within_the_bounds_leads_to_the_same_odds(sides, seed):
    rows, generator = invented(sides, seed), np.random.default_rng(seed)
    far = generator.normal(scale=3, size=len(sides))
    within = np.where(sides * far < 0, 0.0, far)
    one, other = (rows.columns @ most_likely(rows, sides, start) for start in (np.zeros(len(sides)), within))
    assert_allclose(one, other, atol=1e-6)


@settings(deadline=None)
@given(SIDES, SEEDS)
def test_the_least_point_within_the_bounds_is_the_best_of_all_choices_of_weights_at_zero(sides, seed):
    generator = np.random.default_rng(seed)
    root, pull = generator.normal(size=(len(sides) + 3, len(sides))), generator.normal(size=len(sides))
    curvature = root.T @ root + 0.1 * np.eye(len(sides))
    worth = lambda x: x @ curvature @ x / 2 - pull @ x  # noqa: E731
    points = []
    for used in product([False, True], repeat=len(sides)):
        point, kept = np.zeros(len(sides)), np.flatnonzero(used)
        point[kept] = np.linalg.solve(curvature[np.ix_(kept, kept)], pull[kept])
        points += [point] if (sides * point >= 0).all() else []
    assert_allclose(least_within(curvature, pull, sides), min(points, key=worth), atol=1e-9)


def test_a_start_so_far_out_that_newtons_step_overshoots_is_led_back():
    """Where all odds are certain the curvature is all but nothing and a whole step would be endless."""
    rows = invented(np.array([0, 0]), 1)
    near, far = (most_likely(rows, np.array([0, 0]), np.array(at)) for at in ([0.0, 0.0], [30.0, -40.0]))
    assert_allclose(far, near, atol=1e-6)


def test_weights_that_nothing_speaks_of_stay_where_they_start():
    rows = Likelihood(np.c_[np.ones(4), np.zeros(4)], np.array([1, 0, 0, 0]), np.ones(4), np.zeros(2))
    assert most_likely(rows, np.array([0, 0]), np.array([0.0, 2.5]))[1] == pytest.approx(2.5)
