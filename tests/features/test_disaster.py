from datetime import date

import pytest

from tests.features.stories import household

FLOOD = {"kind": "flood", "loss": 4_800.0, "occurred_on": date(2025, 7, 9)}


def test_a_flood_in_july_took_a_fifth_of_a_years_needs():
    found = household(shocks=[FLOOD])
    assert (found["n_disasters_12m"], found["months_since_disaster"]) == (1, 5)
    assert found["disaster_loss_over_needs_12m"] == pytest.approx(0.2)


def test_the_window_is_half_open():
    told = [FLOOD | {"occurred_on": day} for day in (date(2024, 12, 31), date(2025, 1, 1))]
    assert household(shocks=told)["n_disasters_12m"] == 1
