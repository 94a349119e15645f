from datetime import date

import pytest

from tests.features.stories import HEAD, HOUSEHOLD, household, people


def test_two_neighbours_one_poor_one_well_off():
    names = ("h", "n1", "n2")
    members = [
        one for name in names for one in people(HEAD | {"household_id": name, "member_id": f"m-{name}"})
    ]
    income = [
        {"household_id": name, "source": "wage", "amount": amount, "occurred_on": date(2025, 5, 1)}
        for name, amount in zip(names, (99_000.0, 6_000.0, 24_000.0), strict=True)
    ]
    found = household(
        households=[HOUSEHOLD | {"household_id": name} for name in names], members=members, income=income
    )
    assert found["neighbours_resources"] == pytest.approx(1.25)
    assert found["neighbours_below_line"] == 0.5


def test_a_household_alone_in_its_village_has_no_neighbours():
    assert household()["neighbours_resources"] is None
