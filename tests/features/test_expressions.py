import math
from random import Random

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from features import expressions as words

VIEW = pl.DataFrame({"months_ago": [11, 12, 3], "paid": [1.0, None, 2.0], "member_id": ["a", "b", "a"]})


def _say(expression):
    return VIEW.select(expression).item()


def test_a_window_is_open_at_its_far_end():
    assert VIEW.select(words.within(12)).to_series().to_list() == [True, False, True]
    assert VIEW.select(words.between(12, 24)).to_series().to_list() == [False, True, False]


def test_a_sum_over_nothing_is_zero_and_a_mean_over_nothing_is_missing():
    never = pl.col("months_ago") > 99
    assert _say(words.total("paid", never)) == 0
    assert _say(words.mean("paid", never)) is None
    assert _say(words.largest("paid", never)) is None
    assert _say(words.share(pl.col("paid") > 1, never)) is None
    assert _say(words.months_since(never)) is None


def test_a_share_leaves_out_who_does_not_tell():
    assert _say(words.share(pl.col("paid") > 1)) == 0.5


def test_no_line_makes_a_sum_of_shares_missing_and_no_record_makes_it_zero():
    shares = pl.DataFrame({"months_ago": [1, 2, 30], "share": [0.5, float("nan"), 0.25]})
    total, nothing = (shares.select(words.total("share", words.within(until))).item() for until in (12, 0))
    assert (math.isnan(total), nothing) == (True, 0)


def test_of_values_the_smallest_and_the_largest_that_are_known_count():
    known = words.within(99)
    assert (_say(words.smallest("paid", known)), _say(words.largest("paid", known))) == (1, 2)
    assert _say(words.smallest("paid", pl.col("months_ago") > 99)) is None


@pytest.mark.parametrize("records", [2, 127])
def test_sums_and_means_of_groups_are_those_of_polars_to_the_bit(records):
    """From 128 records on polars adds in blocks, the words go on from left to right (ADR 25)."""
    random = Random(records)
    values = [
        random.choice([None, random.random() * 10 ** random.randint(-3, 6)]) for _ in range(40 * records)
    ]
    view = pl.DataFrame({"owner": [one // records for one in range(len(values))], "x": values})
    grouped = view.with_columns(pl.col("owner").rle_id()).group_by("owner", maintain_order=True)
    half = pl.int_range(pl.len()) % 2 == 0
    plain = pl.when(half).then(pl.col("x"))
    theirs = grouped.agg(plain.sum().alias("sum"), plain.mean().alias("mean"), plain.max().alias("max"))
    ours = grouped.agg(
        words.total("x", half).alias("sum"),
        words.mean("x", half).alias("mean"),
        words.largest("x", half).alias("max"),
    )
    assert_frame_equal(ours, theirs, check_exact=True)


def test_a_person_with_two_records_is_one_person():
    assert _say(words.people(words.within(99))) == 2


def test_the_latest_known_value_wins_over_a_later_silence():
    assert VIEW.head(2).select(words.latest("paid")).item() == 1


def test_division_by_zero_is_missing():
    assert _say(words.divide(pl.lit(1.0), pl.lit(0.0))) is None


def test_neighbours_do_not_include_oneself():
    village = pl.DataFrame({"place_id": ["v", "v", "w"], "as_of_date": [1, 1, 1], "x": [1.0, 5.0, 9.0]})
    assert village.select(words.neighbours_mean("x")).to_series().to_list() == [5.0, 1.0, None]
