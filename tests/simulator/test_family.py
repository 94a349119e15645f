"""Households split, merge, move and dissolve, and keep their history."""

from datetime import date
from functools import cache

import polars as pl

from register.readings import readings
from simulator.county import simulate_county
from tests.register.simulated import clean_shard, settings

END = date(2025, 12, 31)
RATES = {"split_rate": 0.3, "merge_rate": 0.2, "move_rate": 0.04, "moved_in_rate": 0.02}
#: Clean and on time, so that every row can be followed.
CLEAN = {"dirty_share": 0, "duplicate_share": 0, "same_month_share": 1, "within_quarter_share": 1}


@cache
def shard():
    return clean_shard(simulate_county(0, settings(**RATES, **CLEAN)).tables)


def latest(name, *key):
    return shard().tables[name].sort("recorded_on").unique(key, keep="last", maintain_order=True)


def households(origin):
    return latest("households", "household_id", "valid_from").filter(pl.col("origin") == origin)


def test_whoever_founds_a_household_leaves_the_old_one_that_day_under_the_same_id():
    new = households("split").select("household_id", "origin_household_id", "valid_from")
    states = latest("members", "member_id", "valid_from").select(
        "member_id", "household_id", "relation", "valid_from", "valid_to"
    )
    founders = new.join(states.filter(pl.col("relation") == "head"), on=["household_id", "valid_from"])
    before = founders.join(states, on="member_id").filter(
        pl.col("household_id_right") == pl.col("origin_household_id")
    )
    assert len(new) > 10
    assert before["member_id"].n_unique() == len(new)
    last = before.sort("valid_from_right").unique("member_id", keep="last")
    assert (last["valid_to_right"] == last["valid_from"]).all()


def test_a_new_household_is_of_the_village_and_category_it_came_from():
    new = households("split")
    old = latest("households", "household_id", "valid_from").unique("household_id", keep="first")
    both = new.join(old, left_on="origin_household_id", right_on="household_id")
    assert len(both) == len(new)
    assert (both["category"] == both["category_right"]).all()


def test_elders_who_join_a_household_end_their_own_that_day():
    taken_in = households("merged")
    gone = latest("households", "household_id", "valid_from").filter(pl.col("valid_to").is_not_null())
    both = taken_in.join(gone, left_on="origin_household_id", right_on="household_id")
    assert len(taken_in) > 5
    assert len(both) == len(taken_in)
    assert (both["valid_from"] == both["valid_to_right"]).all()
    arrived = latest("members", "member_id", "valid_from").filter(pl.col("relation") == "parent")
    assert len(arrived.join(taken_in, on=["household_id", "valid_from"])) >= len(taken_in)


def test_a_household_that_moves_keeps_its_number_and_has_one_village_a_day():
    states = latest("households", "household_id", "valid_from").sort("household_id", "valid_from")
    moved = states.group_by("household_id", maintain_order=True).agg(
        pl.col("village_id").n_unique(), pl.col("valid_from").last(), pl.col("valid_to").first()
    )
    moved = moved.filter(pl.col("village_id") == 2)
    assert len(moved) > 10
    assert (moved["valid_from"] == moved["valid_to"]).all()


def test_a_new_household_stands_where_its_resources_put_it_from_the_first_day():
    # It is asked for the income of the twelve months before, so it does not start below the line.
    day = date(2024, 12, 31)
    new = households("split").filter(pl.col("valid_from").is_between(date(2024, 2, 1), day))
    read = readings(shard(), [day], 12).join(new.select("household_id"), on="household_id")
    assert len(read) > 5
    assert read["resources_over_line"].median() > 1


def test_nothing_is_recorded_of_a_household_before_it_begins():
    for origin in ("split", "moved_in"):
        begins = households(origin).select("household_id", begins="valid_from")
        for name in ("income", "members", "employment", "land", "housing", "monitoring"):
            rows = shard().tables[name].join(begins, on="household_id")
            assert (rows["recorded_on"] >= rows["begins"]).all(), name


def test_of_a_household_that_has_ended_nothing_happens_any_more():
    ended = latest("households", "household_id", "valid_from").drop_nulls("valid_to")
    last = (
        ended.sort("valid_from").unique("household_id", keep="last").select("household_id", gone="valid_to")
    )
    still = latest("households", "household_id", "valid_from").filter(pl.col("valid_to").is_null())
    last = last.join(still, on="household_id", how="anti")
    assert len(last) > 5
    rows = shard().tables["income"].join(last, on="household_id")
    assert (rows["occurred_on"] <= rows["gone"]).all()


def test_everybody_lives_in_a_household_that_there_is():
    for day in (date(2022, 12, 31), date(2024, 12, 31)):
        people = shard().view("members", day, END)
        homes = shard().view("households", day, END)["household_id"]
        assert people["member_id"].is_unique().all()
        assert people["household_id"].is_in(homes.implode()).all()
        assert homes.is_in(people["household_id"].unique().implode()).all()
