"""Ways to name causes differ in what they go by, and only there."""

import numpy as np
import polars as pl
import pytest

from features.declaration import CAUSES
from register.reference import alert_rules
from studies.fidelity.naming import NONE
from studies.fidelity.naming_ways import (
    ALERT,
    ALERT_CAUSES,
    COMMONEST,
    EVENT,
    LEARNED,
    OWEN,
    PRODUCT,
    RECORD,
    STRANGER,
    TODAY,
    alerted,
    fresh_of,
    one_each,
    places,
    taught,
    ways_of,
)
from tests.studies.fidelity.cohorts import ILLNESS, WORK, N, judged_cohort


@pytest.fixture(scope="module")
def cohort():
    return judged_cohort()


@pytest.fixture(scope="module")
def ways(cohort):
    return ways_of(cohort, np.eye(len(CAUSES))[WORK], 1.05)


def test_every_alert_speaks_of_a_cause():
    assert ALERT_CAUSES.keys() == {rule.code for rule in alert_rules()}
    assert set(ALERT_CAUSES.values()) <= set(CAUSES)


def test_the_first_alert_names_and_none_names_nobody():
    assert alerted(pl.Series([["disaster", "dropout"], []])).tolist() == [CAUSES.index("disaster"), NONE]


def test_a_missing_cause_has_no_place():
    assert places(pl.Series(["water", None])).tolist() == [CAUSES.index("water"), NONE]


def test_an_unnamed_household_adds_nothing_to_a_board():
    board = one_each(np.array([ILLNESS, NONE]), np.array([0.3, 0.9])).board
    assert board.sum() == 0.3
    assert board[0, ILLNESS] == 0.3


def test_the_product_names_only_where_the_fresh_part_is_worth_it(cohort, ways):
    named = np.flatnonzero(ways[PRODUCT].cause != NONE)
    fresh = fresh_of(cohort.explained)[named, ways[PRODUCT].cause[named]]
    assert len(named)
    assert (fresh >= np.log(1.05)).all()
    assert (ways[EVENT].cause != NONE).sum() >= len(named)


def test_who_has_no_year_behind_is_named_nothing(ways):
    assert (ways[PRODUCT].cause[N - 10 :] == NONE).all()


def test_where_nothing_speaks_departments_fall_back_on_the_commonest(cohort, ways):
    silent = (cohort.rows["alerts"].list.len() == 0).to_numpy()
    assert (ways[ALERT].cause[silent] == WORK).all()
    assert (ways[COMMONEST].cause == WORK).all()
    assert (ways[RECORD].cause != NONE).all()


def test_slow_ways_name_the_judged_and_the_listed_alone(cohort, ways):
    others = ~(cohort.first.any(axis=1) | cohort.rows["is_listed"].to_numpy())
    for way in (OWEN, STRANGER):
        assert (ways[way].cause[others] == NONE).all()
        assert not ways[way].board.any()


def test_a_board_of_parts_shares_each_risk_out(cohort, ways):
    whole = ways[TODAY].board.sum(axis=1)
    is_named = ways[TODAY].cause != NONE
    np.testing.assert_allclose(whole[is_named], cohort.explained["risk"].to_numpy()[is_named])


def test_trees_taught_by_other_villages_name_everybody(cohort):
    named = taught(cohort.now, cohort.first, cohort.rows["village_id"], np.ones(N))
    assert (named.cause != NONE).all(), LEARNED
    fallen = cohort.first.any(axis=1)
    assert cohort.first[np.flatnonzero(fallen), named.cause[fallen]].mean() > 0.9
