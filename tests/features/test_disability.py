from datetime import date

from tests.features.stories import CHILD, HEAD, household, people


def test_a_severe_certificate_is_told_from_a_light_one():
    paper = {"member_id": "head", "kind": "disability", "occurred_on": date(2025, 10, 1)}
    severe, light = household(health=[paper | {"grade": 1}]), household(health=[paper | {"grade": 4}])
    assert (severe["has_severe_disability"], light["has_severe_disability"]) == (1, 0)
    assert (severe["n_disabled_members"], severe["months_since_disability"]) == (1, 2)


def test_who_cannot_work_is_counted_once():
    records = [
        {"member_id": "head", "kind": "incapacity", "occurred_on": date(year, 1, 1)} for year in (2023, 2024)
    ]
    assert household(health=records)["n_incapacitated_members"] == 1


def test_a_certificate_of_this_year_is_new_and_one_of_2020_is_not():
    records = [
        {"member_id": who, "kind": "disability", "occurred_on": day, "grade": 2}
        for who, day in (("head", date(2025, 6, 1)), ("child", date(2020, 6, 1)))
    ]
    assert household(health=records)["n_new_disability_12m"] == 1


def test_one_worker_cares_for_one_who_cannot():
    able = people(HEAD | {"labour": "ordinary"}, CHILD)
    records = [{"member_id": "child", "kind": "incapacity", "occurred_on": date(2024, 1, 1)}]
    assert household(members=able, health=records)["care_per_able_member"] == 1
