from datetime import date

import pytest

from tests.features.stories import household


def test_a_post_that_ends_in_february_ends_soon():
    post = {"measure": "public_post", "started_on": date(2025, 3, 1), "amount": 2_400.0}
    features = household(assistance=[post | {"ended_on": date(2026, 2, 28)}])
    assert (features["n_active_measures"], features["n_measures_ending_3m"]) == (1, 1)
    assert (features["has_employment_help"], features["has_social_help"]) == (1, 0)
    assert features["help_over_needs_12m"] == pytest.approx(0.1)


def test_a_household_identified_in_2022_and_released_in_2024():
    records = [
        {"event": "identified", "occurred_on": date(2022, 3, 1)},
        {"event": "eliminated", "occurred_on": date(2024, 12, 1)},
    ]
    features = household(monitoring=records)
    assert (features["n_identifications"], features["months_since_elimination"]) == (1, 12)


def test_help_that_began_in_march_and_ends_in_february():
    """A second measure has no end; one that ended is no help in force."""
    records = [
        {"measure": "public_post", "started_on": date(2025, 3, 1), "ended_on": date(2026, 2, 28)},
        {"measure": "health", "started_on": date(2024, 1, 1)},
        {"measure": "social", "started_on": date(2025, 10, 1), "ended_on": date(2025, 11, 1)},
    ]
    features = household(assistance=records)
    assert (features["months_since_help_began"], features["months_until_help_ends"]) == (9, 2)


def test_half_of_the_income_rests_on_policy():
    records = [
        {"source": source, "amount": amount, "occurred_on": date(2025, 6, 1)}
        for source, amount in (("public_post", 4_000.0), ("subsidy", 2_000.0), ("wage", 6_000.0))
    ]
    assert household(income=records)["policy_income_share"] == pytest.approx(0.5)


def test_an_identification_entered_late_is_not_known_before():
    late = {"event": "identified", "occurred_on": date(2025, 11, 1), "recorded_on": date(2026, 1, 9)}
    assert household(monitoring=[late])["n_identifications"] is None
