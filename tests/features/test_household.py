from datetime import date

from tests.features.stories import household


def test_who_was_lifted_out_of_poverty_is_known_as_such():
    assert household()["is_lifted_out"] == 1


def test_savings_spent_and_debts_made_are_two_ways_to_cope():
    records = [{"kind": kind, "occurred_on": date(2025, 8, 1)} for kind in ("spent_savings", "borrowed_bank")]
    features = household(shocks=records)
    assert (features["n_coping_12m"], features["has_borrowed_12m"]) == (2, 1)
