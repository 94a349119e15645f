import polars as pl
import pytest

from features.dates import dated, views
from features.order import numbered
from register.tables import TABLES
from tests.laws.registers import DATES, random_tables, shard_of


@pytest.mark.parametrize("name", TABLES)
def test_of_each_date_the_view_of_the_register_is_there_and_nothing_else(name):
    county = shard_of(random_tables(2))
    together = views(county, name, DATES)
    assert together["as_of_date"].is_sorted()
    for day in DATES:
        alone = together.filter(pl.col("as_of_date") == day).drop("as_of_date")
        assert alone.equals(county.view(name, day))


def test_only_the_last_months_are_there_if_that_is_said():
    county = shard_of(random_tables(2))
    seen = views(county, "income", DATES, months=24)["months_ago"]
    assert 0 < len(seen) < len(views(county, "income", DATES))
    assert seen.max() < 24


def test_two_keys_are_one_number_that_sorts_by_date_and_then_as_the_ids_do():
    homes = views(numbered(shard_of(random_tables(3))), "households", DATES)
    by_two = homes.sort("as_of_date", "household_id")
    by_one = homes.with_columns(key=dated("household_id")).sort("key")
    assert by_one.drop("key").equals(by_two)
    assert by_one["key"].n_unique() == len(homes)


def test_who_lives_nowhere_has_no_number():
    homes = views(numbered(shard_of(random_tables(3))), "households", DATES)
    nowhere = homes.with_columns(pl.lit(None, homes.schema["village_id"]).alias("village_id"))
    assert nowhere.select(dated("village_id")).to_series().null_count() == len(homes)
