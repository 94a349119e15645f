from datetime import date

from register.readings import readings
from tests.households import household, village_of

END = date(2024, 12, 31)


def read(*households, months=12, known_on=None):
    frame = readings(village_of(*households, line=100.0), [END], months, known_on)
    return dict(zip(frame["household_id"], frame["resources_over_line"], strict=True))


def test_resources_are_read_over_the_needs_of_all_members():
    """Two persons need 200 a month and earn 300; one needs 100 and earns 90."""
    assert read(household("lin", members=2, income=300), household("luo", income=90)) == {
        "lin": 1.5,
        "luo": 0.9,
    }


def test_costs_and_own_payment_are_taken_off_and_claims_added():
    """Liang earns 1200 a year, pays 300 for seed and 240 for hospital, and is paid a claim of 60."""
    liang = household("liang", income=100)
    day = {"household_id": "liang", "occurred_on": "2024-06-30"}
    liang["income"] += [
        {**day, "source": "business_cost", "amount": 300.0},
        {**day, "source": "claim", "amount": 60.0},
    ]
    liang["health"] = [{**day, "kind": "inpatient", "own_payment": 240.0}]
    assert read(liang) == {"liang": 0.6}


def test_only_the_months_of_the_window_count():
    assert read(household("song", income=50, last="2024-06"), months=12) == {"song": 0.25}
    assert read(household("song", income=50, last="2024-06"), months=6) == {"song": None}


def test_nobody_to_feed_is_no_reading_rather_than_an_infinite_one():
    tang = household("tang", members=0, income=50)
    tang["members"] = [{"household_id": "tang", "member_id": "t", "equivalents": 0.0}]
    assert read(tang) == {"tang": None}
