"""Records that were sorted once must be read as the tables show them, whatever was known of which day."""

from datetime import date, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from register.tables.income import COST
from tests.households import household, village_of
from tests.laws.registers import FIRST, random_tables, shard_of

DAYS = st.integers(0, 1_300).map(lambda days: FIRST + timedelta(days=days))


def plainly(shard, day, months, known_on):
    """Join to everybody in force what each table shows of the household."""
    shown = {name: shard.view(name, day, known_on) for name in ("households", "members", "income", "health")}
    recent = {name: shown[name].filter(pl.col("months_ago") < months) for name in ("income", "health")}
    signed = pl.when(pl.col("source").is_in(COST)).then(-pl.col("amount")).otherwise(pl.col("amount"))
    sums = (
        (shown["members"], pl.len().cast(pl.Int64).alias("n_members")),
        (shown["members"], pl.col("equivalents").sort().sum()),
        (recent["income"], signed.sort().sum().alias("net_income")),
        (recent["health"], pl.col("own_payment").sort().sum()),
    )
    read = shown["households"].select("household_id", "village_id", "category")
    for records, total in sums:
        read = read.join(records.group_by("household_id").agg(total), on="household_id", how="left")
    return read.sort("household_id")


@given(seed=st.integers(0, 10**6), day=DAYS, later=st.integers(-100, 400), months=st.sampled_from([1, 3, 12]))
def test_resources_are_what_the_tables_show_to_the_last_bit(seed, day, later, months):
    """Corrected, late, moved, split; known on the day itself, before it or after."""
    shard, known_on = shard_of(random_tables(seed)), day + timedelta(days=later)
    read = shard.resources.at(day, months, known_on).drop("household").sort("household_id")
    assert_frame_equal(read, plainly(shard, day, months, known_on), check_exact=True)


def test_a_wage_in_cents_sums_alike_whoever_else_is_read():
    """A tenth has no exact number: Ou's ten wages sum as they do alone, also beside Pan's thousand."""
    ou = household("ou", income=0.1, first="2024-03", last="2024-12")
    pan = household("pan", income=1000.3, first="2023-01", last="2024-12")
    end = date(2024, 12, 31)
    alone, beside = (
        village_of(*homes).resources.at(end, 12, end).filter(household_id="ou")["net_income"][0]
        for homes in ([ou], [pan, ou])
    )
    assert alone == beside == 1.0


def test_households_are_numbered_as_their_ids_sort():
    end = date(2024, 12, 31)
    read = village_of(household("zhu"), household("an"), household("mo")).resources.at(end, 12, end)
    assert dict(read.select("household_id", "household").iter_rows()) == {"an": 0, "mo": 1, "zhu": 2}
    assert read["net_income"].to_list() == [None] * 3
