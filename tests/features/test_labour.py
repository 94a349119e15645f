from datetime import date

from tests.features.stories import CHILD, DAY, HEAD, household, people


def test_one_of_two_can_work_and_went_to_middle_school():
    features = household(members=people(HEAD | {"education": "middle", "labour": "ordinary"}, CHILD))
    assert (features["n_working_age"], features["dependent_share"]) == (1, 0.5)
    assert (features["mean_education"], features["n_able_to_work"]) == (9, 1)


def test_a_household_of_children_has_nobody_of_working_age():
    assert household(members=people(CHILD))["dependent_share"] == 1


def test_a_worker_who_left_is_a_loss_since_the_last_observation():
    leaver = {"member_id": "son", "birth_date": date(2000, 1, 1), "valid_to": date(2025, 11, 1)}
    features = household(dates=(date(2025, 9, 30), DAY), members=people(HEAD, CHILD, leaver))
    assert features["working_age_change"] == -1


def test_a_sick_worker_is_weak_labour():
    assert household(members=people(HEAD | {"labour": "lost"}, CHILD))["n_weak_labour"] == 1


JOB = {"started_on": date(2025, 1, 1), "activity": "employee"}


def test_the_son_who_earned_most_died_in_november():
    """His open spell of work is still in the register; the head earns less."""
    dead = {"member_id": "son", "birth_date": date(2000, 1, 1), "valid_to": date(2025, 11, 1)}
    records = [
        JOB | {"member_id": "son", "monthly_wage": 4_000.0},
        JOB | {"member_id": "head", "monthly_wage": 1_000.0},
    ]
    features = household(members=people(HEAD, CHILD, dead), employment=records)
    assert (features["has_lost_main_worker"], features["n_workers"]) == (1, 1)
    alive = people(HEAD, CHILD, dead | {"valid_to": None})
    assert household(members=alive, employment=records)["has_lost_main_worker"] == 0
