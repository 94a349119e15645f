from datetime import date

from tests.features.stories import CHILD, HEAD, household, people


def test_a_parent_alone_with_a_child():
    found = household()
    assert (found["household_size"], found["is_single_adult"], found["n_under_18"]) == (2, 1, 1)
    assert (found["age_of_head"], found["is_lifted_out"]) == (45, 1)


def test_a_birthday_counts_from_its_month():
    infant = CHILD | {"birth_date": date(2019, 12, 31)}
    assert household(members=people(HEAD, infant))["n_under_6"] == 0


def test_savings_spent_and_debts_made_are_two_ways_to_cope():
    told = [{"kind": kind, "occurred_on": date(2025, 8, 1)} for kind in ("spent_savings", "borrowed_bank")]
    found = household(shocks=told)
    assert (found["n_coping_12m"], found["has_borrowed_12m"]) == (2, 1)
