import polars as pl

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


def test_a_person_with_two_records_is_one_person():
    assert _say(words.people(words.within(99))) == 2


def test_the_latest_known_value_wins_over_a_later_silence():
    assert VIEW.head(2).select(words.latest("paid")).item() == 1


def test_division_by_zero_is_missing():
    assert _say(words.divide(pl.lit(1.0), pl.lit(0.0))) is None


def test_neighbours_do_not_include_oneself():
    village = pl.DataFrame({"place_id": ["v", "v", "w"], "as_of_date": [1, 1, 1], "x": [1.0, 5.0, 9.0]})
    assert village.select(words.neighbours_mean("x")).to_series().to_list() == [5.0, 1.0, None]
