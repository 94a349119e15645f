import polars as pl
import pytest

from models.evaluation.evaluation_tables import at_shares, lead_times, reliability
from models.resampling import Bootstrap
from tests.models.judged_rows import judged


def test_reliability_bins_hold_equally_many_and_all():
    """Twenty households of rising risk; the five safest fell."""
    rows = pl.DataFrame(
        {
            "household_id": [f"H{i:02d}" for i in range(20)],
            "cluster": [f"V{i:02d}" for i in range(20)],
            "origin": "2021Q1",
            "label": [i < 5 for i in range(20)],
            "risk_model": [i / 40 for i in range(20)],
            "risk_came": [i / 20 for i in range(20)],
        }
    )
    table = reliability(rows, 4, Bootstrap(40, 1))
    assert table["n"].to_list() == [5, 5, 5, 5]
    assert table["observed"].to_list() == [1.0, 0.0, 0.0, 0.0]
    assert table["mean_risk"].to_list() == [0.1, 0.35, 0.6, 0.85]
    assert table["relative_bias"].to_list() == [-0.9, None, None, None]
    assert table["relative_bias_assumed"].to_list() == [-0.95, None, None, None]


def test_an_observed_share_has_an_interval_about_it():
    table = reliability(judged(), 3, Bootstrap(100, 1))
    assert (table["low"] < table["observed"]).all()
    assert (table["observed"] < table["high"]).all()
    assert (table["relative_bias_low"] < table["relative_bias"]).all()
    assert (table["relative_bias"] < table["relative_bias_high"]).all()


def test_precision_at_a_share_is_counted_for_every_model_and_subgroup():
    table = at_shares(judged(), [10, 100])
    assert table["subgroup"].unique().sort().to_list() == ["all", "return"]
    whole = table.filter(subgroup="all", model="alerts", share_percent=100).row(0, named=True)
    assert whole["recall"] == whole["lift"] == 1
    assert whole["precision"] == pytest.approx(judged()["label"].mean(), abs=1e-6)


def test_falls_are_told_by_the_quarter_they_were_first_seen_in():
    table = lead_times(judged()).filter(model="risk_model")
    rows = judged().filter("label")
    assert table["months"].to_list() == [3, 6, 9, 12]
    assert table["n_positive"].to_list()[0] == len(rows.filter(pl.col("lead_months") <= 3))
    assert table["n_positive"].sum() == len(rows)
    assert ((table["recall"] > 0) & (table["recall"] < 1)).all()
