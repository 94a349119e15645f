"""A straight line through what was measured, which never begins below zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.growth import Growth, growth

COST = st.floats(0.01, 1e4)


@given(COST, st.floats(1e-6, 1), st.lists(st.integers(1, 10**6), min_size=2, max_size=5, unique=True))
def test_a_straight_cost_is_recovered(fixed, each, sizes):
    line = growth(sizes, [fixed + each * one for one in sizes])
    assert line.at(2e6) == pytest.approx(fixed + each * 2e6, rel=1e-6)


@given(st.lists(st.tuples(st.integers(1, 10**6), COST), min_size=1, max_size=5))
def test_neither_part_is_below_zero(measured):
    line = growth(*zip(*measured, strict=True))
    assert line.fixed >= 0
    assert line.each >= 0


def test_of_one_size_everything_is_taken_to_grow():
    assert growth([40_000], [80.0]) == Growth(0.0, pytest.approx(0.002))


@given(COST, st.floats(1e-6, 1), st.floats(1e4, 1e6))
def test_a_limit_is_reached_where_the_line_meets_it(fixed, each, limit):
    assert Growth(fixed, each).at(Growth(fixed, each).reached(limit)) == pytest.approx(limit)


def test_what_does_not_grow_reaches_no_limit():
    assert Growth(1.0, 0.0).reached(64) is None
