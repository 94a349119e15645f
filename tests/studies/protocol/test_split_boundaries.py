"""The validator works every boundary out again, and refuses a planted violation of each kind."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from register.errors import LeakageError
from studies.protocol.split_boundaries import split_boundaries
from studies.protocol.splits import HOUSEHOLDS, RANDOM, REGIONS, ROLLING
from tests.studies.protocol.test_splits import DAY, cohort, dealt


def refused(one, rows):
    with pytest.raises(LeakageError) as error:
        split_boundaries([replace(one, rows=rows)], cohort(), "county_id")
    return str(error.value)


def planted(one, **changes):
    """Trained rows with one of them changed."""
    rows = one.rows.sort("weight", nulls_last=True)
    first = rows.head(1).with_columns(**changes)
    return pl.concat([first, rows.slice(1)])


@pytest.mark.parametrize("split", [ROLLING, HOUSEHOLDS, REGIONS, RANDOM])
def test_sound_splits_pass_and_are_told(split):
    found = split_boundaries(dealt(split), cohort(), "county_id")
    assert found["n_judged"].sum() == 60
    assert found["n_shared_rows"].sum() == 0
    if split != RANDOM:
        assert found["last_label_known_on"].max() <= DAY
        assert found["last_trained"].max() < DAY


def test_only_what_is_held_out_is_not_shared():
    told = {one: split_boundaries(dealt(one), cohort(), "county_id") for one in (HOUSEHOLDS, REGIONS)}
    assert told[HOUSEHOLDS]["n_shared_households"].sum() == 0 < told[HOUSEHOLDS]["n_shared_regions"].sum()
    assert told[REGIONS]["n_shared_regions"].sum() == 0


@pytest.mark.parametrize("split", [ROLLING, HOUSEHOLDS, REGIONS])
def test_a_label_known_after_the_origin_is_refused(split):
    one = dealt(split)[0]
    assert refused(one, planted(one, label_known_on=pl.lit(date(2025, 1, 1)))) == (
        f"split {split}, origin 2024Q4, part 0: found 1 rows trained on that are dated 2024-12-31 or later "
        "or whose label was not known by then, allowed is none; train on what was known at the season's end"
    )


def test_a_row_of_the_season_judged_is_refused_in_training():
    one = dealt(HOUSEHOLDS)[0]
    assert "found 1 rows trained on that are dated 2024-12-31" in refused(
        one, planted(one, as_of_date=pl.lit(DAY))
    )


def test_a_label_without_a_day_is_refused():
    one = dealt(ROLLING)[0]
    assert "found 1 rows trained on" in refused(one, planted(one, label_known_on=pl.lit(None, pl.Date)))


def test_a_row_judged_at_another_date_is_refused():
    one = dealt(ROLLING)[0]
    moved = pl.when(pl.col("is_scored").is_not_null()).then(pl.lit(date(2024, 9, 30)))
    rows = one.rows.with_columns(moved.otherwise("as_of_date").alias("as_of_date"))
    assert refused(one, rows) == (
        "split rolling_origin, origin 2024Q4, part 0: found 60 rows judged at another date than 2024-12-31, "
        "allowed is none; judge the season's own cohort"
    )


def test_an_outcome_that_was_known_at_the_origin_is_refused():
    at_once = pl.when(pl.col("as_of_date") == DAY).then(pl.lit(DAY)).otherwise("label_known_on")
    rows = cohort().with_columns(label_known_on=at_once)
    with pytest.raises(LeakageError) as error:
        split_boundaries(dealt(ROLLING), rows, "county_id")
    assert str(error.value) == (
        "split rolling_origin, origin 2024Q4, part 0: found 60 rows judged by an outcome known by "
        "2024-12-31, allowed are outcomes from after it; check the label section of params.yaml and train "
        "again"
    )


def test_a_held_out_household_that_is_trained_on_is_refused():
    one = dealt(HOUSEHOLDS)[0]
    stranger = one.judged["household_id"][0]
    assert refused(one, planted(one, household_id=pl.lit(stranger))) == (
        "split household_disjoint, origin 2024Q4, part 0: found 1 households trained on and judged, allowed "
        "is none; leave the part judged out of training (studies/protocol/splits.py)"
    )


def test_a_held_out_region_that_is_trained_on_is_refused():
    one = dealt(REGIONS)[0]
    stranger = one.judged["household_id"][0]
    assert "found 1 regions trained on and judged" in refused(
        one, planted(one, household_id=pl.lit(stranger))
    )


def test_a_row_on_both_sides_is_refused_even_in_the_random_split():
    one = dealt(RANDOM)[0]
    rows = one.rows.with_columns(is_scored=pl.lit(value=True))
    assert "rows trained on and judged" in refused(one, rows)


def test_a_row_judged_by_two_parts_is_refused():
    one = dealt(HOUSEHOLDS)[0]
    with pytest.raises(LeakageError) as error:
        split_boundaries([one, replace(one, part=1)], cohort(), "county_id")
    assert str(error.value) == (
        f"splits: found {len(one.judged)} rows judged by two parts of one split, allowed is one; parts must "
        "not overlap (studies/protocol/splits.py)"
    )
