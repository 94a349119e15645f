from datetime import date

import numpy as np
import pandas as pd
import polars as pl

from models.attribution.ending_help import (
    CONTRADICTS,
    FEW,
    LEAST_WITHOUT,
    SUPPORTED,
    risk_with_help_ended,
    with_measure_ended,
    with_support,
)
from models.labels.help_given import measures_running
from tests.households import household, village_of

DAY = date(2023, 12, 31)
HELPED = household(
    "H1",
    assistance=[
        {"measure": "industry", "started_on": "2023-01-01"},
        {"measure": "health", "started_on": "2023-06-01"},
    ],
)


class OneMeasureOneTenth:
    """The risk is a tenth for every measure in force."""

    def predict_proba(self, frame):
        risk = frame["n_active_measures"].to_numpy() / 10
        return np.column_stack([1 - risk, risk])


def test_one_measure_ends_and_the_others_go_on():
    shard = village_of(HELPED)
    ended = with_measure_ended(shard, DAY, "industry")
    assert measures_running(ended, DAY, DAY)["measure"].to_list() == ["health"]
    assert len(measures_running(shard, DAY, DAY)) == 2


def test_each_measure_in_force_is_ended_by_itself_and_read_anew():
    index = pd.MultiIndex.from_tuples([("H1", DAY)], names=["household_id", "as_of_date"])
    frame = pd.DataFrame({"n_active_measures": [2.0]}, index=index)
    ended = risk_with_help_ended(OneMeasureOneTenth(), frame, village_of(HELPED), DAY, 12)
    assert ended["measure"].to_list() == ["health", "industry"]
    assert ended["risk"].to_list() == [0.2, 0.2]
    assert ended["risk_ended"].to_list() == [0.1, 0.1]


def supported(change, others=LEAST_WITHOUT):
    """One household under help among others of its band without."""
    ids = ["H1", *(f"O{n}" for n in range(others))]
    cohort = pl.DataFrame({"household_id": ids, "is_return": True, "risk": 0.03})
    ended = pl.DataFrame(
        {"household_id": ["H1"], "measure": ["health"], "risk": [0.03], "risk_ended": [0.03 + change]}
    )
    return with_support(ended, cohort).row(0, named=True)


def test_a_trial_is_told_only_with_support_and_in_the_direction_that_help_can_work():
    assert supported(0.01)["standing"] == SUPPORTED
    assert supported(-0.01)["standing"] == CONTRADICTS
    assert supported(0.01, LEAST_WITHOUT - 1)["standing"] == FEW


def test_who_has_the_measure_is_not_counted_as_without():
    assert supported(0.01)["n_without"] == LEAST_WITHOUT
