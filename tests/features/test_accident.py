from datetime import date

import pytest

from tests.features.stories import household


def test_a_fall_at_work_took_a_fifth_of_a_years_needs():
    fall = {"kind": "accident_injury", "loss": 4_800.0, "occurred_on": date(2025, 9, 1)}
    features = household(shocks=[fall])
    assert (features["n_accidents_12m"], features["months_since_accident"]) == (1, 3)
    assert features["accident_loss_over_needs_12m"] == pytest.approx(0.2)


def test_who_never_had_an_accident_had_it_long_ago():
    """Not missing: at a split what is missing may go to the side of those who had one today."""
    features = household()
    assert (features["n_accidents_12m"], features["months_since_accident"]) == (0, 60)
