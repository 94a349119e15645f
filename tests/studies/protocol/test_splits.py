"""Splits deal every judged row to one part, and leave that part out of what is trained on."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from models.survey_weights import WEIGHT
from models.training.settings import ModelSettings
from register.seasons import months_later
from studies.protocol.splits import HOUSEHOLDS, RANDOM, REGIONS, ROLLING, Splitting, folds
from tests.parameters import parameters

DAY = date(2024, 12, 31)
MODEL = parameters().model
SECTION = {"max_negatives": 100, "max_calibration_rows": 100, "min_calibration_positives": 5}
SPLITTING = Splitting(3, "county_id", 12, ModelSettings.of(MODEL.model_copy(update=SECTION), 1))
ALL_ROWS = ModelSettings.of(MODEL, 1)
KEYS = ["household_id", "as_of_date"]


def cohort(n=60):
    """Households of four counties, seen at four dates whose outcome is known at `DAY`, and at `DAY`."""
    days = [months_later(DAY, -step) for step in (24, 21, 18, 12, 0)]
    return pl.DataFrame(
        [
            {
                "household_id": f"H{i:03d}",
                "as_of_date": day,
                "county_id": f"C{i % 4}",
                "label": (i + at) % 5 == 0,
                "label_known_on": months_later(day, 12),
            }
            for i in range(n)
            for at, day in enumerate(days)
        ]
    )


def dealt(split, rows=None):
    rows = cohort() if rows is None else rows
    known = rows.filter(pl.col("label_known_on") <= DAY).select(*KEYS, "label", "label_known_on")
    scored = rows.filter(pl.col("as_of_date") == DAY)
    return list(folds(split, "2024Q4", DAY, known, known, rows, scored, SPLITTING))


@pytest.mark.parametrize("split", [ROLLING, HOUSEHOLDS, REGIONS, RANDOM])
def test_every_row_is_judged_once(split):
    judged = pl.concat(one.judged.select(KEYS) for one in dealt(split))
    assert judged.sort(KEYS).equals(cohort().filter(pl.col("as_of_date") == DAY).select(KEYS).sort(KEYS))


def test_the_rolling_split_trains_on_everybody():
    (one,) = dealt(ROLLING)
    assert set(one.known["household_id"]) == set(cohort()["household_id"])


def test_households_judged_are_in_no_label_the_training_sees():
    for one in dealt(HOUSEHOLDS):
        judged = set(one.judged["household_id"])
        for seen in (one.trained, one.known, one.known_earlier):
            assert not judged & set(seen["household_id"])


def test_regions_judged_are_in_no_label_the_training_sees():
    county = dict(cohort().select("household_id", "county_id").unique().iter_rows())
    for one in dealt(REGIONS):
        judged = {county[name] for name in one.judged["household_id"]}
        assert not judged & {county[name] for name in one.known["household_id"]}


def test_a_part_without_anybody_to_judge_is_no_training():
    """Two counties can be held out one after the other, of three parts."""
    rows = cohort().filter(pl.col("county_id").is_in(["C0", "C1"]))
    assert [one.part for one in dealt(REGIONS, rows)] == [0, 1]


def test_the_order_of_the_rows_deals_nobody_elsewhere():
    rows = cohort()
    first, second = (dealt(RANDOM, one) for one in (rows, rows.reverse()))
    for one, other in zip(first, second, strict=True):
        assert one.judged.sort(KEYS).equals(other.judged.sort(KEYS))


def test_rows_below_the_line_teach_in_every_split_but_of_the_part_that_is_judged():
    """As `train` does where trees learn from them too; they are neither audited nor judged."""
    rows = cohort()
    below = rows.filter(pl.col("label_known_on") <= DAY).with_columns(
        pl.col("household_id").str.replace("H", "B"), pl.col("county_id")
    )
    known = rows.filter(pl.col("label_known_on") <= DAY).select(*KEYS, "label", "label_known_on")
    scored = rows.filter(pl.col("as_of_date") == DAY)
    for split in (ROLLING, HOUSEHOLDS, REGIONS):
        for one in folds(split, "2024Q4", DAY, known, known, rows, scored, SPLITTING, below):
            outside = one.rows.filter(pl.col("trees_only"))
            assert len(outside)
            assert not set(outside["household_id"]) & {
                *one.trained["household_id"],
                *one.judged["household_id"],
            }
            if split == REGIONS:
                counties = set(one.judged.join(rows, on=KEYS)["county_id"])
                taught = below.join(outside, on=KEYS, how="semi")["county_id"]
                assert not counties & set(taught)


def test_where_survey_weights_stand_beside_the_labels_rows_on_either_side_of_the_line_train_by_them():
    """Who is below the line stands for twice as many as the others."""
    rows = cohort().with_columns(pl.lit(1.0).alias(WEIGHT))
    past = rows.filter(pl.col("label_known_on") <= DAY)
    below = past.with_columns(pl.col("household_id").str.replace("H", "B"), pl.col(WEIGHT) * 2)
    known, scored = past.drop("county_id"), rows.filter(pl.col("as_of_date") == DAY)
    (one,) = folds(
        ROLLING, "2024Q4", DAY, known, known, rows, scored, replace(SPLITTING, settings=ALL_ROWS), below
    )
    weight = one.rows.drop_nulls("weight").group_by("as_of_date", "trees_only").agg(pl.col("weight").unique())
    assert {(beside, *each) for _, beside, each in weight.rows()} == {(None, 2 / 3), (True, 4 / 3)}


def test_a_survey_of_one_region_holds_none_out():
    assert dealt(REGIONS, cohort().with_columns(county_id=pl.lit("panel"))) == []
