from datetime import timedelta

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from register.records import Records, States, sums
from tests.laws.registers import FIRST, random_tables, shard_of

SEEDS = st.integers(0, 10**6)
DAYS = st.integers(0, 1_300).map(lambda days: FIRST + timedelta(days=days))


def numbered(frame, amount):
    """Give every household a number and every record an amount, and sort by both."""
    number = pl.col("household_id").rank("dense").cast(pl.Int64)
    return frame.with_columns(household=number, amount=amount).sort("household", "amount")


@given(SEEDS, DAYS, st.integers(-100, 400), st.integers(1, 24))
def test_records_are_known_as_the_register_shows_them(seed, day, later, months):
    shard, known_on = shard_of(random_tables(seed)), day + timedelta(days=later)
    table = numbered(shard.tables["income"], pl.col("amount"))
    shown = shard.known("income", day, known_on).filter(pl.col("months_ago") < months).drop("months_ago")
    recent = table.filter(Records.of(table, "occurred_on").recent(day, known_on, months))
    assert recent.select(shown.columns).sort(pl.all()).equals(shown.sort(pl.all()))


@given(SEEDS, DAYS, st.integers(-100, 400))
def test_states_hold_as_the_register_shows_them(seed, day, later):
    """People move, states end and are corrected: one row a person, or none."""
    shard, known_on = shard_of(random_tables(seed)), day + timedelta(days=later)
    table = numbered(shard.tables["members"], pl.col("equivalents"))
    shown = shard.view("members", day, known_on).drop("months_ago").sort("member_id")
    in_force = table.filter(States.of(table, "member_id").in_force(day, known_on))
    assert in_force.select(shown.columns).sort("member_id").equals(shown)


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(-1e6, 1e6)), max_size=60))
def test_sums_are_those_of_polars_to_the_last_bit(records):
    frame = pl.DataFrame(records, schema={"household": pl.Int64, "amount": pl.Float64}, orient="row")
    counts, summed = sums(*(frame.sort(pl.all())[name].to_numpy() for name in frame.columns), 5)
    plain = frame.group_by("household").agg(pl.col("amount").sort().sum())
    assert counts.sum() == len(records)
    assert {one: summed[one] for one in np.flatnonzero(counts)} == dict(plain.iter_rows())
