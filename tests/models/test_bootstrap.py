import numpy as np
import polars as pl
import pytest

from models.bootstrap import interval, measure


def measured(values, households, resamples, seed):
    mean = {"it": lambda weights: {"mean": (weights * values).sum(axis=1) / weights.sum(axis=1)}}
    return measure(mean, mean, households, resamples, seed)


def test_rows_of_a_household_are_drawn_together():
    """Two households of fifty equal rows: every resample is 0, one half or 1."""
    values = np.repeat([0.0, 1.0], 50)
    _, spread = measured(values, pl.Series(["a"] * 50 + ["b"] * 50), 60, 1)
    assert set(np.unique(spread["it"]["mean"])) == {0.0, 0.5, 1.0}


def test_the_interval_is_that_of_the_mean():
    values = np.random.default_rng(0).normal(size=400)
    point, spread = measured(values, pl.Series([f"H{i}" for i in range(400)]), 800, 1)
    low, high = interval(spread["it"]["mean"])
    assert high - low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.1)
    assert low < point["it"]["mean"] < high


def test_blocks_change_no_resample(monkeypatch):
    values = np.arange(30.0)
    ids = pl.Series([f"H{i % 10}" for i in range(30)])
    _, whole = measured(values, ids, 20, 1)
    monkeypatch.setattr("models.bootstrap.BLOCK", 90)
    _, blocked = measured(values, ids, 20, 1)
    np.testing.assert_array_equal(whole["it"]["mean"], blocked["it"]["mean"])


def test_without_resamples_there_is_no_interval():
    point, spread = measured(np.ones(3), pl.Series(["a", "b", "c"]), 0, 1)
    assert (point["it"]["mean"], spread) == (1.0, {})


def test_a_figure_that_is_mostly_missing_has_no_interval():
    assert interval(np.array([np.nan] * 50 + [1.0] * 50)) == (None, None)
