"""A county put into one shard several times is so many counties, none of which knows another."""

import polars as pl

from benchmarks.features import Seasons, built
from benchmarks.one_county import Copies, measured, repeated
from register.store import Register


def test_a_repeated_county_has_every_household_that_often_and_nothing_else_new(register):
    opened = Register(register)
    shard = opened.shard(opened.counties[0])
    twice = repeated(shard, 2)
    assert {name: len(frame) for name, frame in twice.tables.items()} == {
        name: 2 * len(frame) for name, frame in shard.tables.items()
    }
    homes = [one.tables["households"]["household_id"].n_unique() for one in (shard, twice)]
    assert homes[1] == 2 * homes[0]


def test_each_copy_has_the_features_of_the_county(register):
    """But for those that look at the other households of the county: it has twice as many."""
    opened = Register(register)
    shard, seasons = opened.shard(opened.counties[0]), Seasons(1)
    once, twice = built(shard, seasons), built(repeated(shard, 2), seasons)
    first = twice.filter(pl.col("household_id").str.ends_with("-0"))
    assert first["wage_income"].equals(once["wage_income"], null_equal=True)


def test_the_table_has_a_line_a_size(register):
    (table,), _ = measured(register, Copies((2, 1), dates=1))
    one, two = table.rows
    assert 2 * one["households"] == two["households"]
