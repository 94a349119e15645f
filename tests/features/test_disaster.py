from datetime import date

import pytest

from tests.features.stories import HEAD, HOUSEHOLD, household, people

FLOOD = {"kind": "flood", "loss": 4_800.0, "occurred_on": date(2025, 7, 9)}


def test_a_flood_in_july_took_a_fifth_of_a_years_needs():
    features = household(shocks=[FLOOD])
    assert (features["n_disasters_12m"], features["months_since_disaster"]) == (1, 5)
    assert features["disaster_loss_over_needs_12m"] == pytest.approx(0.2)


def test_the_window_is_half_open():
    records = [FLOOD | {"occurred_on": day} for day in (date(2024, 12, 31), date(2025, 1, 1))]
    assert household(shocks=records)["n_disasters_12m"] == 1


def test_the_flood_took_from_the_neighbours_what_this_household_kept():
    """Two neighbours, one lost a tenth of a year's needs; the household itself is not counted."""
    names = ("h", "n1", "n2")
    members = [
        one for name in names for one in people(HEAD | {"household_id": name, "member_id": f"m-{name}"})
    ]
    lost = [FLOOD | {"household_id": "n1", "loss": 1_200.0}, FLOOD | {"household_id": "h", "loss": 9_000.0}]
    features = household(
        households=[HOUSEHOLD | {"household_id": name} for name in names], members=members, shocks=lost
    )
    assert features["neighbours_disaster_loss"] == pytest.approx(0.05)
