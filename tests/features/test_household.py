from datetime import date

from tests.features.stories import CHILD, HEAD, household, people


def test_a_parent_alone_with_a_child():
    features = household()
    assert (features["household_size"], features["is_single_adult"], features["n_under_18"]) == (2, 1, 1)
    assert (features["age_of_head"], features["is_lifted_out"]) == (45, 1)


def test_a_birthday_counts_from_its_month():
    infant = CHILD | {"birth_date": date(2019, 12, 31)}
    assert household(members=people(HEAD, infant))["n_under_6"] == 0


def test_who_attends_university_has_that_much_school_although_it_is_not_finished():
    """The members table said "none" of a student of twenty; the register knows better."""
    student = CHILD | {"birth_date": date(2005, 5, 1), "education": "none"}
    attends = {"member_id": "child", "started_on": date(2024, 9, 1), "stage": "university"}
    features = household(members=people(HEAD, student), schooling=[attends])
    assert (features["highest_education"], features["mean_education"]) == (16, 16)
    over = household(members=people(HEAD, student), schooling=[attends | {"ended_on": date(2025, 7, 1)}])
    assert over["highest_education"] == 0


def test_savings_spent_and_debts_made_are_two_ways_to_cope():
    records = [{"kind": kind, "occurred_on": date(2025, 8, 1)} for kind in ("spent_savings", "borrowed_bank")]
    features = household(shocks=records)
    assert (features["n_coping_12m"], features["has_borrowed_12m"]) == (2, 1)
