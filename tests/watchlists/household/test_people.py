from datetime import date

import polars as pl

from tests.features.stories import shard
from tests.watchlists.household.homes import dated, living
from watchlists.household.people import people_of

GRANDMOTHER = {"member_id": "g", "birth_date": "1946-12-31", "relation": "parent", "labour": "none"}
BABY = {"member_id": "b", "birth_date": "2026-01-01", "relation": "grandchild", "valid_from": "2026-01-01"}


def members(day):
    county = shard(members=[dated(one) for one in living(BABY, GRANDMOTHER)])
    return people_of(county, day, pl.Series(["h", "nobody"]))


def test_the_head_stands_first_and_nobody_is_known_before_they_are_recorded():
    assert [one.who[0] for one in members(date(2025, 12, 31))["h"]] == ["户主（45岁）", "长辈（79岁）"]
    assert [one.age for one in members(date(2026, 1, 31))["h"]] == [45, 79, 0]


def test_a_year_is_completed_on_the_birthday():
    assert members(date(2025, 12, 30))["h"][1].age == 78


def test_who_can_do_light_work_is_able_and_who_is_too_old_is_not():
    assert [one.is_able for one in members(date(2025, 12, 31))["h"]] == [True, False]


def test_a_household_without_members_is_absent():
    assert set(members(date(2025, 12, 31))) == {"h"}
