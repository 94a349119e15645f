"""A season's households against those the model learned from."""

from datetime import date

import polars as pl
import pytest

from models.evaluation.season_drift import season_drift
from models.keys import KEYS
from models.names import SCORE
from models.risk.model import RiskModel
from tests.models.numbers import invented

NOW, BEFORE, LONG_AGO = date(2025, 12, 31), date(2024, 12, 31), date(2023, 12, 31)
NAMES = ["income", "age"]


@pytest.fixture(scope="module")
def model():
    frame, label = invented(400, names=NAMES)
    return RiskModel(members=1, rounds=10, min_data_in_leaf=20).fit(frame, label)


def county(day, shift=0.0, n=400):
    frame, _ = invented(n, names=NAMES)
    columns = {name: frame[name].to_numpy() + (shift if name == "income" else 0) for name in NAMES}
    return pl.DataFrame({"household_id": [f"H{i}" for i in range(n)], "as_of_date": [day] * n, **columns})


def compared(model, earlier, now, rows=10_000):
    given = {name: one.select(KEYS) for name, one in earlier.items()}
    shards = [pl.concat([now, *earlier.values()])]
    found = season_drift(model, now.select(KEYS), given, shards, rows, 10)
    return {(row["against"], row["feature"]): row["psi"] for row in found.to_dicts()}


def test_what_moved_is_told_apart_from_what_stayed(model):
    """Incomes rose by three standard deviations since the training; ages are as they were."""
    found = compared(
        model, {"training": county(LONG_AGO), "year_before": county(BEFORE, 3.0)}, county(NOW, 3.0)
    )
    assert found["training", "income"] > 1
    assert found["training", "age"] == 0
    assert found["training", SCORE] > 0.25
    assert [found["year_before", name] for name in (SCORE, *NAMES)] == [0, 0, 0]


def test_the_score_comes_first_and_then_the_features_of_the_model(model):
    found = compared(model, {"training": county(LONG_AGO)}, county(NOW))
    assert list(found) == [("training", name) for name in (SCORE, *NAMES)]


def test_nothing_to_compare_with_is_left_out(model):
    assert compared(model, {"training": county(BEFORE).clear()}, county(NOW)) == {}


def test_a_draw_of_households_is_the_same_on_both_sides(model):
    found = compared(model, {"training": county(BEFORE)}, county(NOW), rows=100)
    assert set(found.values()) == {0.0}
