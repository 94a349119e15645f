from datetime import date

from tests.features.stories import household


def test_a_severe_certificate_is_told_from_a_light_one():
    paper = {"member_id": "head", "kind": "disability", "occurred_on": date(2025, 10, 1)}
    severe, light = household(health=[paper | {"grade": 1}]), household(health=[paper | {"grade": 4}])
    assert (severe["has_severe_disability"], light["has_severe_disability"]) == (1, 0)
    assert (severe["n_disabled_members"], severe["months_since_disability"]) == (1, 2)


def test_who_cannot_work_is_counted_once():
    told = [
        {"member_id": "head", "kind": "incapacity", "occurred_on": date(year, 1, 1)} for year in (2023, 2024)
    ]
    assert household(health=told)["n_incapacitated_members"] == 1
