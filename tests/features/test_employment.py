from datetime import date

import pytest

from tests.features.stories import household

JOB = {
    "member_id": "head",
    "started_on": date(2025, 1, 10),
    "activity": "employee",
    "monthly_wage": 3_000.0,
    "is_formal": True,
    "place": "outside",
}


def test_a_migrant_earns_one_and_a_half_times_what_two_need():
    found = household(employment=[JOB])
    assert found["wages_over_needs"] == pytest.approx(1.5)
    assert (found["n_workers"], found["n_formal"], found["outside_share"]) == (1, 1, 1)
    assert (found["longest_tenure"], found["months_since_work"]) == (11, 0)


def test_wages_are_the_same_share_in_a_survey_of_one_month():
    assert household(employment=[JOB], months=1)["best_wage_over_needs"] == pytest.approx(1.5)


def test_a_job_that_ended_in_october_leaves_two_months_without_work():
    found = household(employment=[JOB | {"ended_on": date(2025, 10, 15)}])
    assert (found["n_workers"], found["n_spells_ended_12m"], found["months_since_work"]) == (0, 1, 2)
    assert found["mean_hours"] is None


def test_who_seeks_work_does_not_work():
    found = household(employment=[JOB | {"activity": "seeking"}])
    assert (found["n_seeking"], found["n_workers"]) == (1, 0)
