from datetime import date

from tests.features.stories import household


def test_water_cut_in_spring_and_back_in_autumn_is_safe_again():
    records = [
        {"occurred_on": date(2025, 4, 1), "status": "cut", "supply": "yard"},
        {"occurred_on": date(2025, 9, 1), "status": "safe", "supply": "indoor"},
    ]
    features = household(water=records)
    assert (features["has_unsafe_water"], features["n_unsafe_water_24m"], features["has_indoor_water"]) == (
        0,
        1,
        1,
    )
