from datetime import date

from tests.features.stories import household


def test_a_household_moved_to_a_site_and_a_daughter_left():
    records = [
        {"kind": "site_move", "occurred_on": date(2023, 12, 1), "distance_km": 80.0},
        {"kind": "member_left", "occurred_on": date(2025, 5, 1)},
    ]
    features = household(relocation=records)
    assert (features["is_relocated"], features["months_since_move"], features["move_distance"]) == (1, 24, 80)
    assert (features["n_left_12m"], features["n_joined_12m"], features["is_from_elsewhere"]) == (1, 0, 0)


MOVE = {"kind": "site_move", "occurred_on": date(2019, 12, 1)}
JOB = {"member_id": "head", "started_on": date(2025, 1, 1), "activity": "employee"}


def test_a_household_moved_on_from_its_site():
    features = household(relocation=[MOVE, {"kind": "second_move", "occurred_on": date(2025, 3, 1)}])
    assert (features["has_second_move"], features["months_since_move"]) == (1, 9)
    assert household(relocation=[MOVE])["has_second_move"] == 0


def test_a_site_with_a_workshop():
    assert household(relocation=[MOVE | {"site_has_workshop": True}])["has_site_workshop"] == 1


def test_only_the_relocated_have_employment_at_the_site():
    assert household(relocation=[MOVE], employment=[JOB])["site_employment"] == 1
    assert household(employment=[JOB])["site_employment"] is None
