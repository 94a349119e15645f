from datetime import date

import numpy as np
import polars as pl
import pytest

from models.training.maturity import Maturity, maturity

DAY = date(2023, 12, 31)


def labels(fell):
    return pl.DataFrame(
        {"household_id": [f"H{i:05d}" for i in range(len(fell))], "as_of_date": DAY, "label": fell},
        schema_overrides={"as_of_date": pl.Date},
    )


def test_a_fifth_of_the_falls_first_read_was_only_late_pay():
    then, now = labels([True] * 100 + [False] * 900), labels([True] * 80 + [False] * 915 + [True] * 5)
    assert maturity(then, now, 50) == Maturity(0.8, 5 / 900, 1000, 100)


def test_labels_that_did_not_change_are_taken_as_they_are():
    same = labels([True] * 60 + [False] * 100)
    found = maturity(same, same, 50)
    label = np.array([0, 1] * 80)
    assert found.ripened(label, same["household_id"]).tolist() == label.tolist()


def test_too_few_falls_a_year_ago_say_nothing():
    assert maturity(labels([True] * 9 + [False] * 90), labels([False] * 99), 50) == Maturity()


def test_a_household_that_left_since_does_not_count():
    then = labels([True] * 100 + [False] * 100)
    assert maturity(then, then.head(150), 50).n_rows == 150


def test_the_draw_is_right_in_number_and_always_the_same():
    households = pl.Series([f"H{i:05d}" for i in range(20_000)])
    label = np.ones(20_000, dtype=np.int64)
    drawn = Maturity(0.8, 0.0, 1, 1).ripened(label, households)
    assert drawn.mean() == pytest.approx(0.8, abs=0.01)
    assert Maturity(0.8, 0.0, 1, 1).ripened(label, households).tolist() == drawn.tolist()
