from datetime import date

import pytest

from tests.features.stories import household


def test_a_post_that_ends_in_february_ends_soon():
    post = {"measure": "public_post", "started_on": date(2025, 3, 1), "amount": 2_400.0}
    found = household(assistance=[post | {"ended_on": date(2026, 2, 28)}])
    assert (found["n_active_measures"], found["n_measures_ending_3m"]) == (1, 1)
    assert (found["has_employment_help"], found["has_social_help"]) == (1, 0)
    assert found["help_over_needs_12m"] == pytest.approx(0.1)


def test_a_household_identified_in_2022_and_released_in_2024():
    told = [
        {"event": "identified", "occurred_on": date(2022, 3, 1)},
        {"event": "eliminated", "occurred_on": date(2024, 12, 1)},
    ]
    found = household(monitoring=told)
    assert (found["n_identifications"], found["months_since_elimination"]) == (1, 12)
