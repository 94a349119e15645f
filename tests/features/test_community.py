from datetime import date

import pytest

from tests.features.stories import HEAD, HOUSEHOLD, VILLAGE, household, people


def test_two_neighbours_one_poor_one_well_off():
    names = ("h", "n1", "n2")
    members = [
        one for name in names for one in people(HEAD | {"household_id": name, "member_id": f"m-{name}"})
    ]
    income = [
        {"household_id": name, "source": "wage", "amount": amount, "occurred_on": date(2025, 5, 1)}
        for name, amount in zip(names, (99_000.0, 6_000.0, 24_000.0), strict=True)
    ]
    features = household(
        households=[HOUSEHOLD | {"household_id": name} for name in names], members=members, income=income
    )
    assert features["neighbours_resources"] == pytest.approx(1.25)
    assert features["neighbours_below_line"] == 0.5


def test_a_household_alone_in_its_village_has_no_neighbours():
    assert household()["neighbours_resources"] is None


def test_the_township_and_the_county_reach_further_than_the_village():
    """n1 lives in the village, n2 in the township, n3 in the county."""
    villages = [
        VILLAGE | {"village_id": village, "township_id": township}
        for village, township in (("v", "t"), ("w", "t"), ("x", "u"))
    ]
    homes = {"h": "v", "n1": "v", "n2": "w", "n3": "x"}
    members = [
        one for name in homes for one in people(HEAD | {"household_id": name, "member_id": f"m-{name}"})
    ]
    income = [
        {"household_id": name, "source": "wage", "amount": 12_000.0 * times, "occurred_on": date(2025, 5, 1)}
        for name, times in zip(homes, (9, 1, 2, 6), strict=True)
    ]
    features = household(
        villages=villages,
        households=[HOUSEHOLD | {"household_id": name, "village_id": where} for name, where in homes.items()],
        members=members,
        income=income,
    )
    resources = [features[f"{place}_resources"] for place in ("neighbours", "township", "county")]
    assert resources == pytest.approx([1, 1.5, 3])
