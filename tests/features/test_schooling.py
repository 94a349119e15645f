from datetime import date

import pytest

from tests.features.stories import household

SCHOOL = {"member_id": "child", "started_on": date(2025, 9, 1), "stage": "high", "own_cost_year": 12_000.0}


def test_a_high_school_pupil_costs_half_of_a_years_needs():
    found = household(schooling=[SCHOOL])
    assert found["school_cost_over_needs"] == pytest.approx(0.5)
    assert (found["n_students"], found["n_beyond_compulsory"], found["n_before_transition"]) == (1, 1, 1)


def test_a_finished_stage_is_over():
    assert household(schooling=[SCHOOL | {"ended_on": date(2025, 12, 1)}])["n_students"] == 0


def test_a_dropout_is_no_student():
    found = household(schooling=[SCHOOL | {"stage": "dropped_out"}])
    assert (found["n_dropouts"], found["n_students"]) == (1, 0)


def test_a_child_of_fifteen_who_attends_nothing_is_counted():
    assert household(schooling=[SCHOOL | {"stage": "not_attending"}])["n_children_not_attending"] == 1
