from datetime import date

from tests.features.stories import CHILD, HEAD, household, people

WIFE = {"member_id": "wife", "birth_date": date(1983, 5, 1), "relation": "spouse"}


def test_who_attends_university_has_that_much_school_although_it_is_not_finished():
    """The members table said "none" of a student of twenty; the register knows better."""
    student = CHILD | {"birth_date": date(2005, 5, 1), "education": "none"}
    attends = {"member_id": "child", "started_on": date(2024, 9, 1), "stage": "university"}
    features = household(members=people(HEAD, student), schooling=[attends])
    assert (features["highest_education"], features["mean_education"]) == (16, 16)
    over = household(members=people(HEAD, student), schooling=[attends | {"ended_on": date(2025, 7, 1)}])
    assert over["highest_education"] == 0


def test_a_head_of_primary_school_and_a_wife_of_college():
    members = people(HEAD | {"education": "primary"}, WIFE | {"education": "college"}, CHILD)
    features = household(members=members)
    assert (features["education_of_head"], features["education_of_spouse"]) == (6, 15)
    assert (features["lowest_education"], features["n_primary_at_most"]) == (6, 1)
    assert features["n_higher_education"] == 1


def test_what_a_child_has_finished_is_not_what_adults_lack():
    features = household(members=people(HEAD | {"education": "high"}, CHILD | {"education": "none"}))
    assert (features["lowest_education"], features["n_primary_at_most"]) == (12, 0)
    assert features["education_of_spouse"] is None


def test_a_student_of_twenty_is_an_adult_at_school_and_one_of_fifteen_is_not():
    attends = {"member_id": "child", "started_on": date(2024, 9, 1), "stage": "college"}
    grown = people(HEAD, CHILD | {"birth_date": date(2005, 5, 1)})
    assert household(members=grown, schooling=[attends])["n_adult_students"] == 1
    assert household(schooling=[attends])["n_adult_students"] == 0
