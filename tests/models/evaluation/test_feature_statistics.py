from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from models.evaluation.feature_statistics import coverage, drift, families, redundancy

VALUES = st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=3, max_size=40)


def test_coverage_counts_the_missing_apart_from_zero():
    frame = pl.DataFrame({"as_of_date": [date(2025, 12, 31)] * 4, "x": [0.0, 0.0, 2.0, None]})
    assert coverage(frame, ["x"]).to_dicts() == [
        {
            "feature": "x",
            "as_of_date": date(2025, 12, 31),
            "n": 4,
            "coverage": 0.75,
            "zero_share": pytest.approx(2 / 3),
            "n_values": 2.0,
        }
    ]


@given(VALUES, st.integers(2, 10))
@settings(max_examples=50)
def test_a_season_has_not_drifted_from_itself(values, bins):
    same = pl.DataFrame({"x": pl.Series(values, dtype=pl.Float64)})
    _, psi, distance = drift(same, same, ["x"], bins).row(0)
    assert psi == 0
    assert distance in (0, None)


@given(VALUES, VALUES)
@settings(max_examples=50)
def test_drift_is_never_negative(before, after):
    one, other = (pl.DataFrame({"x": pl.Series(values, dtype=pl.Float64)}) for values in (before, after))
    _, psi, distance = drift(one, other, ["x"], 5).row(0)
    assert psi >= 0
    assert distance is None or distance >= 0


def test_a_shift_of_one_standard_deviation_is_a_distance_of_one():
    before = pl.DataFrame({"x": [-1.0, 1.0, -1.0, 1.0]})
    assert drift(before, before + 1.0, ["x"], 2)["wasserstein"].item() == pytest.approx(1)


def test_a_feature_that_went_missing_has_drifted():
    before = pl.DataFrame({"x": [1.0, 2.0]})
    row = drift(before, before.clear(n=2), ["x"], 2).row(0, named=True)
    assert row["psi"] > 1
    assert row["wasserstein"] is None


def test_correlations_are_scipys_where_nothing_is_missing():
    values = np.random.default_rng(1).normal(size=(200, 3)) @ np.array([[1, 0.9, 0], [0, 0.3, 0], [0, 0, 1]])
    frame = pl.DataFrame(values, schema=["a", "b", "c"])
    found = redundancy(frame, ["a", "b", "c"], 0.0)
    for row in found.to_dicts():
        told = spearmanr(frame[row["feature"]], frame[row["other"]]).statistic
        assert row["spearman"] == pytest.approx(told, abs=1e-6)
    assert found.row(0)[:2] == ("a", "b")


def test_a_column_that_never_varies_where_the_other_is_known_is_no_match():
    """A tenth have a tenant's rent; none of those has livestock, though others do."""
    generator = np.random.default_rng(0)
    rent = np.where(np.arange(3000) % 10 == 0, generator.random(3000), np.nan)
    livestock = np.where(np.arange(3000) % 10 == 0, 1 / 3, generator.random(3000))
    frame = pl.DataFrame({"rent": rent, "livestock": livestock}).fill_nan(None)
    assert redundancy(frame, ["rent", "livestock"], 0.5).is_empty()


def test_a_feature_and_its_negative_are_one_family():
    frame = pl.DataFrame({"a": [1.0, 2, 3, 4], "b": [9.0, 1, 8, 2], "c": [-1.0, -2, -3, None]})
    pairs = redundancy(frame, ["a", "b", "c"], 0.9)
    assert pairs.rows() == [("a", "c", -1.0, 3)]
    assert families(["a", "b", "c"], pairs) == [["a", "c"], ["b"]]


def test_constant_and_unknown_features_are_like_none():
    unknown = pl.Series([None] * 3, dtype=pl.Float64)
    frame = pl.DataFrame({"a": [1.0, 1.0, 1.0], "b": unknown, "c": [1.0, 2.0, 3.0]})
    assert redundancy(frame, ["a", "b", "c"], 0.1).is_empty()
