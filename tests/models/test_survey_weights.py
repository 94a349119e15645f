"""Rows weighed by a survey: alike weights are none, their scale says nothing, a date weighs what it did."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.keys import KEYS
from models.survey_weights import WEIGHT, survey_weights, weighed
from tests.laws.registers import DATES, random_tables, shard_of

WAVES = (date(2019, 12, 31), date(2020, 12, 31))
NUMBER = st.floats(1e-3, 1e6)
ROW = st.tuples(st.sampled_from(WAVES), st.none() | NUMBER, st.none() | st.just(0.0) | NUMBER)


def rows_of(drawn):
    """Households H0, H1, ... of a wave, with the weight of a draw (none: not trained on) and the survey's."""
    return pl.DataFrame(
        [(f"H{i}", *row) for i, row in enumerate(drawn)],
        schema={"household_id": pl.String, "as_of_date": pl.Date, "weight": pl.Float64, WEIGHT: pl.Float64},
        orient="row",
    ).sort(KEYS)


@given(st.lists(ROW, max_size=30), NUMBER)
def test_weights_all_alike_or_none_at_all_change_no_bit(drawn, alike):
    rows = rows_of(drawn)
    for one in (alike, None):
        made = weighed(rows.with_columns(pl.lit(one, dtype=pl.Float64).alias(WEIGHT)))
        assert made.equals(rows.drop(WEIGHT))


@given(st.lists(ROW, max_size=30))
def test_all_weights_doubled_change_no_bit(drawn):
    rows = rows_of(drawn)
    assert weighed(rows.with_columns(pl.col(WEIGHT) * 2)).equals(weighed(rows))


@given(st.lists(ROW, max_size=30))
def test_the_rows_of_a_date_weigh_together_what_they_weighed_and_every_order_gives_the_same(drawn):
    rows = rows_of(drawn)
    made = weighed(rows)
    assert weighed(rows.reverse()).equals(made)
    for before, after in zip(rows.partition_by("as_of_date"), made.partition_by("as_of_date"), strict=True):
        assert after["weight"].sum() == pytest.approx(before["weight"].sum())
        assert after["weight"].is_null().equals(before["weight"].is_null())


def test_who_stands_for_three_times_as_many_counts_three_times_as_much_and_who_has_no_weight_as_the_mean():
    """The second and third were drawn one of ten; the fourth is scored alone and counts for nothing."""
    rows = rows_of(
        [(WAVES[0], 1.0, 30.0), (WAVES[0], 10.0, 10.0), (WAVES[0], 10.0, None), (*WAVES[:1], None, 99.0)]
    )
    first, second, third, fourth = weighed(rows)["weight"]
    assert first / second == pytest.approx(3 / 10)
    assert (third, fourth) == (10.0, None)
    assert first + second == pytest.approx(11.0)


def test_a_wave_on_another_scale_does_not_outweigh_the_first():
    rows = rows_of([(WAVES[0], 1.0, 1.0), (WAVES[0], 1.0, 3.0), (WAVES[1], 1.0, 1e6), (WAVES[1], 1.0, 3e6)])
    assert weighed(rows)["weight"].to_list() == [0.5, 1.5, 0.5, 1.5]


@pytest.mark.parametrize("seed", range(3))
def test_a_weight_is_read_as_it_was_known_at_its_date(seed):
    tables = random_tables(seed)
    read = survey_weights(shard_of(tables), DATES)
    assert read.select(KEYS).is_unique().all()
    for day in DATES:
        known = {name: rows.filter(pl.col("recorded_on") <= day) for name, rows in tables.items()}
        assert survey_weights(shard_of(known), [day]).equals(read.filter(as_of_date=day))
    assert read[WEIGHT].is_not_null().any()


def test_without_dates_there_are_no_weights():
    assert survey_weights(shard_of(random_tables(0)), []).is_empty()
