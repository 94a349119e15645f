from datetime import date

from tests.features.stories import household


def test_a_house_rebuilt_is_dangerous_no_more():
    old = {"occurred_on": date(2023, 1, 1), "grade": "D", "rooms": 1.0}
    new = {"occurred_on": date(2025, 1, 1), "grade": "A"}
    assert household(housing=[old])["has_dangerous_house"] == 1
    features = household(housing=[old, new])
    assert (features["has_dangerous_house"], features["persons_per_room"]) == (0, 2)


def test_a_house_without_grade_is_neither_safe_nor_dangerous():
    features = household(housing=[{"occurred_on": date(2025, 1, 1), "tenure": "tenant"}])
    assert (features["has_dangerous_house"], features["is_tenant"]) == (None, 1)
