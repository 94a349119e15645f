import numpy as np
import polars as pl
import pytest

from models.leaderboard import leaderboard


def judged(n=300, seed=0):
    generator = np.random.default_rng(seed)
    margin = generator.normal(-1, 1.2, n)
    return pl.DataFrame(
        {
            "household_id": [f"H{i % (n // 2):04d}" for i in range(n)],
            "origin": ["2024Q1"] * (n // 2) + ["2024Q2"] * (n - n // 2),
            "is_return": [i % 3 == 0 for i in range(n)],
            "label": generator.random(n) < 1 / (1 + np.exp(-margin)),
            "risk_model": 1 / (1 + np.exp(-margin)),
            "income_over_line": -generator.normal(size=n),
            "logistic": margin.round(1),
            "base_rate": [0.3] * n,
        }
    )


def test_every_origin_subgroup_and_model_is_reported():
    board = leaderboard(judged(), 20, 1)
    cells = board.select("origin", "subgroup").unique().sort("origin", "subgroup").rows()
    assert cells == [(o, s) for o in ("2024Q1", "2024Q2", "pooled") for s in ("all", "return")]
    assert {"risk_model", "income_over_line", "logistic", "base_rate"} < set(board["model"])


def test_paired_differences_are_differences():
    board = leaderboard(judged(), 20, 1)
    value = {row[2:4]: row[4] for row in board.filter(origin="pooled", subgroup="all").rows()}
    assert value["risk_model-minus-logistic", "auc_difference"] == pytest.approx(
        value["risk_model", "auc"] - value["logistic", "auc"], abs=2e-6
    )


def test_intervals_contain_their_value():
    board = leaderboard(judged(), 100, 1).filter(pl.col("metric") == "auc", pl.col("model") == "risk_model")
    assert (board["low"] < board["value"]).all()
    assert (board["value"] < board["high"]).all()


def test_the_order_of_rows_changes_nothing():
    rows = judged()
    shuffled = rows.sample(fraction=1, shuffle=True, seed=5)
    assert leaderboard(shuffled, 20, 1).equals(leaderboard(rows, 20, 1))


def test_where_nobody_fell_the_value_is_missing_not_made_up():
    board = leaderboard(judged().with_columns(label=pl.lit(value=False)), 5, 1)
    auc = board.filter(pl.col("metric") == "auc")
    assert auc["value"].null_count() == len(auc) > 0
    assert set(board["n_positive"]) == {0}
