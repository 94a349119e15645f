from datetime import date

from tests.features.stories import household


def test_a_household_moved_to_a_site_and_a_daughter_left():
    told = [
        {"kind": "site_move", "occurred_on": date(2023, 12, 1), "distance_km": 80.0},
        {"kind": "member_left", "occurred_on": date(2025, 5, 1)},
    ]
    found = household(relocation=told)
    assert (found["is_relocated"], found["months_since_move"], found["move_distance"]) == (1, 24, 80)
    assert (found["n_left_12m"], found["n_joined_12m"], found["is_from_elsewhere"]) == (1, 0, 0)
