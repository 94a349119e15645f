from datetime import date

import pytest

from tests.features.stories import HEAD, household, people

JOB = {
    "member_id": "head",
    "started_on": date(2025, 1, 10),
    "activity": "employee",
    "monthly_wage": 3_000.0,
    "is_formal": True,
    "place": "outside",
}


def test_a_migrant_earns_one_and_a_half_times_what_two_need():
    features = household(employment=[JOB])
    assert features["wages_over_needs"] == pytest.approx(1.5)
    assert (features["n_workers"], features["n_formal"], features["n_employees"]) == (1, 1, 1)
    assert (features["longest_tenure"], features["months_since_work"]) == (11, 0)


def test_wages_are_the_same_share_in_a_survey_of_one_month():
    assert household(employment=[JOB], months=1)["best_wage_over_needs"] == pytest.approx(1.5)


def test_a_job_that_ended_in_october_leaves_two_months_without_work():
    features = household(employment=[JOB | {"ended_on": date(2025, 10, 15)}])
    assert (features["n_workers"], features["n_spells_ended_12m"], features["months_since_work"]) == (0, 1, 2)
    assert (features["longest_tenure"], features["best_skill"], features["best_wage_over_needs"]) == (0, 0, 0)


def test_who_seeks_work_does_not_work():
    features = household(employment=[JOB | {"activity": "seeking"}])
    assert (features["n_seeking"], features["n_workers"]) == (1, 0)


def test_a_migrant_home_after_four_months_returned_early():
    """Left in February, back in June; a full year away is no early return."""
    away = JOB | {"started_on": date(2025, 2, 1), "ended_on": date(2025, 6, 1)}
    features = household(employment=[away])
    assert (features["n_returned_early_12m"], features["n_short_spells_12m"], features["n_out_of_work"]) == (
        1,
        0,
        1,
    )
    assert features["work_months_12m"] == 4
    stayed = JOB | {"started_on": date(2024, 2, 1), "ended_on": date(2025, 6, 1)}
    assert household(employment=[stayed])["n_returned_early_12m"] == 0


def test_two_months_at_a_building_site_are_a_short_spell():
    short = JOB | {"place": "village", "started_on": date(2025, 3, 1), "ended_on": date(2025, 5, 1)}
    features = household(employment=[short])
    assert (features["n_short_spells_12m"], features["n_returned_early_12m"]) == (1, 0)


def test_who_changed_jobs_is_not_out_of_work():
    before = JOB | {"started_on": date(2024, 1, 1), "ended_on": date(2025, 1, 9)}
    features = household(employment=[before, JOB])
    assert (features["n_out_of_work"], features["work_months_12m"]) == (0, 12)


def test_one_of_two_workers_was_placed_by_the_government():
    records = [JOB | {"channel": "organised"}, JOB | {"member_id": "child", "channel": "self"}]
    assert household(employment=records)["n_organised"] == 1


def test_who_left_the_household_works_for_it_no_more():
    assert household(employment=[JOB | {"member_id": "stranger"}])["n_workers"] == 0


def test_a_couple_of_whom_one_works_has_one_inactive_adult_and_the_elderly_are_none():
    wife = {"member_id": "wife", "birth_date": date(1983, 5, 1), "relation": "spouse"}
    granny = {"member_id": "granny", "birth_date": date(1955, 5, 1)}
    members = people(HEAD, wife, granny)
    features = household(members=members, employment=[JOB])
    assert (features["n_inactive_adults"], features["is_spouse_at_work"]) == (1, 0)
    assert household(employment=[JOB])["is_spouse_at_work"] is None, "there is no spouse"
    both = household(members=members, employment=[JOB, JOB | {"member_id": "wife"}])
    assert (both["n_inactive_adults"], both["is_spouse_at_work"]) == (0, 1)
    seeks = household(members=members, employment=[JOB | {"member_id": "wife", "activity": "seeking"}])
    assert (seeks["n_inactive_adults"], seeks["is_spouse_at_work"]) == (1, 0)
