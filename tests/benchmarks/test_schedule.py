"""Laws of dealing shards to workers, some of which die."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.growth import Growth
from benchmarks.schedule import Schedule, least, schedule, together, walks

DURATIONS = st.lists(st.floats(0.01, 100), min_size=1, max_size=30)
WORKERS = st.integers(1, 8)
DEATHS = st.lists(st.one_of(st.just(inf), st.floats(0, 200)), min_size=1, max_size=8)


def dealt(durations, workers):
    """List scheduling as it is defined: the next of the list goes to who is free first."""
    free = [0.0] * workers
    for duration in durations:
        first = free.index(min(free))
        free[first] += duration
    return max(free)


@given(DURATIONS, WORKERS)
def test_where_nobody_dies_it_is_list_scheduling(durations, workers):
    ended = schedule(durations, [inf] * workers)
    assert ended == Schedule(pytest.approx(dealt(durations, workers)), 0, 0)


@given(DURATIONS, DEATHS)
def test_no_schedule_beats_all_workers_busy_or_the_longest_shard(durations, deaths):
    ended = schedule(durations, deaths)
    if not ended.given_up:
        assert ended.end >= sum(durations) / len(deaths) - 1e-9
        assert ended.end >= max(durations) - 1e-9


@given(DURATIONS, DEATHS)
def test_every_shard_is_finished_or_given_up_and_none_is_begun_a_third_time(durations, deaths):
    ended = schedule(durations, deaths)
    assert 0 <= ended.given_up <= len(durations)
    assert 0 <= ended.begun_again <= len(durations)
    assert (ended.given_up == len(durations)) <= (ended.end == 0)


@given(DURATIONS, WORKERS, st.floats(0, 200))
def test_at_most_one_shard_is_lost_with_a_worker(durations, workers, death):
    ended = schedule(durations, [death] + [inf] * workers)
    assert ended.begun_again <= 1
    assert ended.given_up == 0


def test_when_the_last_worker_dies_what_is_left_is_given_up():
    assert schedule([1.0, 1.0, 1.0], [1.5]) == Schedule(1.0, 1, 2)


def test_a_shard_over_which_two_workers_died_is_given_up():
    assert schedule([10.0, 1.0], [1.0, 5.0, inf]) == Schedule(1.0, 0, 0)._replace(end=11.0, begun_again=1)
    assert schedule([10.0], [1.0, 5.0, inf]).given_up == 1


@given(st.lists(st.floats(1, 1e4), min_size=1, max_size=20), WORKERS, st.integers(0, 99))
def test_walks_without_stragglers_and_deaths_lie_between_the_least_and_twice_that(sizes, workers, seed):
    """Graham's bound: at most the mean load and the longest shard, one after the other."""
    costs = [Growth(1.0, 0.5), Growth(0.0, 2.0)]
    made = together(walks(costs, np.array(sizes), workers, 0.0, inf, np.random.default_rng(seed)))
    lower = least(costs, sum(sizes), workers)
    assert lower - 1e-6 <= made.end <= lower + sum(one.each for one in costs) * max(sizes) + 1e-6


def test_the_same_seed_draws_the_same_walk():
    def walk():
        return walks([Growth(0.0, 1.0)], np.arange(1.0, 50), 4, 0.5, 100.0, np.random.default_rng(7))

    assert walk() == walk()
