from datetime import date

import pytest

from tests.features.stories import household

SCHOOL = {"member_id": "child", "started_on": date(2025, 9, 1), "stage": "high", "own_cost_year": 12_000.0}


def test_a_high_school_pupil_costs_half_of_a_years_needs():
    features = household(schooling=[SCHOOL])
    assert features["school_cost_over_needs"] == pytest.approx(0.5)
    assert (features["n_students"], features["n_beyond_compulsory"], features["n_before_transition"]) == (
        1,
        1,
        1,
    )


def test_a_finished_stage_is_over():
    assert household(schooling=[SCHOOL | {"ended_on": date(2025, 12, 1)}])["n_students"] == 0


def test_a_dropout_is_no_student():
    features = household(schooling=[SCHOOL | {"stage": "dropped_out"}])
    assert (features["n_dropouts"], features["n_students"]) == (1, 0)


def test_a_child_of_fifteen_who_attends_nothing_is_counted():
    assert household(schooling=[SCHOOL | {"stage": "not_attending"}])["n_children_not_attending"] == 1


def test_a_pupil_in_the_third_year_of_high_school_is_about_to_move_on():
    third, first = (household(schooling=[SCHOOL | {"started_on": date(y, 9, 1)}]) for y in (2023, 2025))
    assert (third["n_in_last_year"], first["n_in_last_year"]) == (1, 0)


def test_the_department_looks_at_one_students_cost():
    features = household(schooling=[SCHOOL])
    assert features["largest_school_cost_over_rural_income"] == pytest.approx(12_000 / 17_454)
