from datetime import date

import numpy as np
import polars as pl
import pytest

from features.declaration import GROUPS, feature_groups
from models.attribution.attribute import attribute
from models.attribution.explanations import explain_households
from models.risk.calibration.calibrate import calibrate
from models.risk.model import RiskModel
from tests.models.numbers import invented

NAMES = [name for chosen in feature_groups().values() for name in chosen]
N_BEHIND = 500


@pytest.fixture(scope="module")
def model():
    frame, label = invented(600, names=NAMES)
    fitted = RiskModel(members=2, rounds=20, min_data_in_leaf=20).fit(frame, label)
    return fitted.calibrated(calibrate(fitted.raw_margin(frame), label, 20))


@pytest.fixture(scope="module")
def rows():
    return pl.DataFrame(
        {
            "household_id": [f"H{600 - i:04d}" for i in range(600)],
            "county_id": "C1",
            "township_id": "T1",
            "village_id": "V1",
            "as_of_date": date(2024, 6, 30),
        }
    )


@pytest.fixture(scope="module")
def explained(model, rows):
    """Of 600 households 500 were known a year before; half of their income facts changed since."""
    return explain_households(model, rows, invented(600, names=NAMES)[0], earlier())


def earlier():
    frame = invented(600, names=NAMES)[0].reset_index(drop=True).iloc[:N_BEHIND].copy()
    changed = feature_groups()["income"]
    frame.loc[frame.index % 2 == 0, changed] = frame[changed].iloc[::-1].to_numpy()[::2]
    return frame


def test_the_columns_are_those_of_a_release(explained):
    assert explained.columns == [
        *("household_id", "county_id", "township_id", "village_id", "as_of_date"),
        *("risk", "base_margin"),
        *(f"phi_{group}" for group in GROUPS),
        *(f"fresh_{group}" for group in GROUPS),
        *("margin_sd", "rank_in_county"),
    ]


def test_base_standing_and_fresh_are_the_log_odds_of_the_risk(explained):
    standing = [pl.col(f"phi_{group}") - pl.col(f"fresh_{group}").fill_null(0.0) for group in GROUPS]
    fresh = [pl.col(f"fresh_{group}").fill_null(0.0) for group in GROUPS]
    total = explained.select(pl.sum_horizontal("base_margin", *standing, *fresh)).to_series()
    odds = (explained["risk"] / (1 - explained["risk"])).log()
    np.testing.assert_allclose(total, odds, rtol=0, atol=1e-9)


def test_groups_without_a_changed_fact_have_a_fresh_part_of_exactly_nothing(explained):
    """Only income changed, of every second household that was known."""
    fresh = explained.select(f"fresh_{group}" for group in GROUPS).drop_nulls()
    assert len(fresh) == N_BEHIND
    assert (fresh["fresh_income"] != 0).sum() == pytest.approx(N_BEHIND / 2, abs=25)
    assert (fresh.drop("fresh_income").to_numpy() == 0).all()


def test_who_was_not_known_a_year_before_has_standing_parts_alone(model, rows, explained):
    new = rows.with_row_index("position").filter(pl.col("position") >= N_BEHIND)["household_id"]
    of_new = explained.filter(pl.col("household_id").is_in(new.implode()))
    assert of_new.select(f"fresh_{group}" for group in GROUPS).null_count().sum_horizontal().item() == (
        len(new) * len(GROUPS)
    )
    now = invented(600, names=NAMES)[0].iloc[N_BEHIND:][::-1]
    _, parts = attribute(model, now, feature_groups())
    assert of_new.select(f"phi_{group}" for group in GROUPS).to_numpy() == pytest.approx(parts.to_numpy())


def test_ranks_follow_the_risk_then_the_household(explained):
    order = explained.sort("risk", "household_id", descending=[True, False])
    assert order["rank_in_county"].to_list() == list(range(1, 601))


def test_nobody_to_explain_gives_an_empty_table(model, rows, explained):
    frame = invented(200, names=NAMES)[0]
    empty = explain_households(model, rows.head(0), frame.iloc[:0], earlier().iloc[:0])
    assert empty.schema == explained.schema
