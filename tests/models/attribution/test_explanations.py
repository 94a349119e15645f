from datetime import date

import numpy as np
import polars as pl
import pytest

from features.declaration import CAUSES, GROUPS, feature_groups
from models.attribution.explanations import changed_parts, explain_households
from models.risk.calibration.calibrate import calibrate
from models.risk.model import RiskModel
from tests.models.numbers import invented


@pytest.fixture(scope="module")
def explained():
    names = [name for chosen in feature_groups().values() for name in chosen]
    frame, label = invented(600, names=names)
    model = RiskModel(members=2, rounds=20, min_data_in_leaf=20).fit(frame, label)
    model = model.calibrated(calibrate(model.raw_margin(frame), label, 20))
    rows = pl.DataFrame(
        {
            "household_id": [f"H{600 - i:04d}" for i in range(600)],
            "county_id": "C1",
            "township_id": "T1",
            "village_id": "V1",
            "as_of_date": date(2024, 6, 30),
        }
    )
    return explain_households(model, rows, frame)


def test_the_columns_are_those_of_a_release(explained):
    assert explained.columns == [
        *("household_id", "county_id", "township_id", "village_id", "as_of_date"),
        *("risk", "risk_low", "risk_high", "base_margin"),
        *(f"phi_{group}" for group in GROUPS),
        *("main_cause", "main_cause_support", "rank_in_county", "margin_sd"),
    ]


def test_base_and_parts_are_the_log_odds_of_the_risk(explained):
    parts = explained.select(pl.sum_horizontal(pl.col("^phi_.*$"))).to_series()
    odds = (explained["risk"] / (1 - explained["risk"])).log()
    np.testing.assert_allclose(explained["base_margin"] + parts, odds, rtol=0, atol=1e-9)


def test_the_bounds_contain_the_risk(explained):
    assert (explained["risk_low"] <= explained["risk"]).all()
    assert (explained["risk"] <= explained["risk_high"]).all()


def test_ranks_follow_the_risk_then_the_household(explained):
    order = explained.sort("risk", "household_id", descending=[True, False])
    assert order["rank_in_county"].to_list() == list(range(1, 601))


def test_the_main_cause_is_an_official_cause_that_raises_the_risk_most(explained):
    for row in explained.head(50).to_dicts():
        parts = {cause: row[f"phi_{cause}"] for cause in CAUSES}
        largest = max(parts, key=parts.get)
        assert row["main_cause"] == (largest if parts[largest] > 0 else None)


def test_the_support_of_a_main_cause_is_a_share_of_the_two_members(explained):
    assert set(explained["main_cause_support"].drop_nulls()) <= {0.0, 0.5, 1.0}
    assert explained["main_cause_support"].is_null().equals(explained["main_cause"].is_null())


def test_changed_parts_add_up_to_the_change_of_the_margin():
    names = [name for chosen in feature_groups().values() for name in chosen]
    frame, label = invented(400, names=names)
    model = RiskModel(members=2, rounds=20, min_data_in_leaf=20).fit(frame, label)
    model = model.calibrated(calibrate(model.raw_margin(frame), label, 20))
    now, then = frame.iloc[:200], frame.iloc[200:]
    parts = changed_parts(model, now, then)
    change = model.margin(now) - model.margin(then)
    np.testing.assert_allclose(parts.sum(axis=1), change, rtol=0, atol=1e-9)


def test_nobody_to_explain_gives_an_empty_table(explained):
    names = [name for chosen in feature_groups().values() for name in chosen]
    frame, label = invented(200, names=names)
    model = RiskModel(members=1, rounds=5, min_data_in_leaf=20).fit(frame, label)
    rows = explained.head(0).select("household_id", "county_id", "township_id", "village_id", "as_of_date")
    assert explain_households(model, rows, frame.iloc[:0]).schema == explained.schema
