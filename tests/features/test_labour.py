from datetime import date

from tests.features.stories import CHILD, DAY, HEAD, household, people


def test_one_of_two_can_work_and_went_to_middle_school():
    found = household(members=people(HEAD | {"education": "middle", "labour": "ordinary"}, CHILD))
    assert (found["n_working_age"], found["members_per_working_age"]) == (1, 2)
    assert (found["mean_education"], found["n_able_to_work"]) == (9, 1)


def test_a_household_of_children_has_no_burden_per_worker():
    assert household(members=people(CHILD))["members_per_working_age"] is None


def test_a_worker_who_left_is_a_loss_since_the_last_observation():
    leaver = {"member_id": "son", "birth_date": date(2000, 1, 1), "valid_to": date(2025, 11, 1)}
    found = household(dates=(date(2025, 9, 30), DAY), members=people(HEAD, CHILD, leaver))
    assert found["working_age_change"] == -1


def test_a_sick_worker_is_weak_labour():
    assert household(members=people(HEAD | {"labour": "lost"}, CHILD))["weak_labour_share"] == 1
