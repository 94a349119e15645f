import numpy as np
import polars as pl
import pytest

from models.evaluation.equal_risk import risk_bands
from models.evaluation.group_rates import CELLS, gaps_of_group, rates_of_group, recall_of_group
from models.resampling import Resampling
from tests.models.listed_rows import listed

ROWS = listed()
LISTED, LABEL = ROWS["is_listed"].cast(pl.Float64).to_numpy(), ROWS["label"].cast(pl.Int64).to_numpy()
RISK = ROWS["risk_model"].to_numpy()
OWN = (np.arange(len(ROWS)) % 3) == 0
DRAWN = Resampling(ROWS["cluster"], 40, 1)


def test_the_cells_add_up_to_the_group():
    found = recall_of_group(LISTED, LABEL, OWN, ~OWN, DRAWN)
    assert sum(found[name] for name in CELLS) - found["held"] == OWN.sum()
    assert found["hits"] + found["missed"] == found["n_positive"]
    assert found["false_alarms"] + found["passed_over"] == found["held"]


def test_omission_is_counted_among_the_unlisted():
    rates = rates_of_group(RISK, LISTED, LABEL, OWN, ~OWN)
    gaps = gaps_of_group(LISTED, LABEL, RISK, risk_bands(RISK, 5), OWN, ~OWN, DRAWN)
    own, rest = (LABEL[side & (LISTED == 0)].mean() for side in (OWN, ~OWN))
    assert rates["omission_rate"] == pytest.approx(own)
    assert gaps["omission_gap"] == pytest.approx(100 * (own - rest))
    assert gaps["omission_gap_low"] < gaps["omission_gap"] < gaps["omission_gap_high"]
    assert gaps["equal_risk_gap_low"] < gaps["equal_risk_gap"] < gaps["equal_risk_gap_high"]


def test_without_draws_there_are_no_bounds():
    found = recall_of_group(LISTED, LABEL, OWN, ~OWN, Resampling(ROWS["cluster"], 0, 1))
    assert (found["recall_low"], found["recall_gap_high"]) == (None, None)
