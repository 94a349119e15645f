from datetime import date

import numpy as np
import pandas as pd
import polars as pl

from models.attribution.ending_help import risk_with_help_ended, untried, with_measure_ended
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


def test_who_is_not_under_the_measure_is_not_tried():
    other = household("H2", assistance=[{"measure": "industry", "started_on": "2023-01-01"}])
    index = pd.MultiIndex.from_tuples([("H2", DAY), ("H1", DAY)], names=["household_id", "as_of_date"])
    frame = pd.DataFrame({"n_active_measures": [1.0, 2.0]}, index=index)
    ended = risk_with_help_ended(OneMeasureOneTenth(), frame, village_of(HELPED, other), DAY, 12)
    assert ended.select("household_id", "measure", "risk_ended").rows() == [
        ("H1", "health", 0.1),
        ("H1", "industry", 0.1),
        ("H2", "industry", 0.0),
    ]


def test_what_is_withheld_is_not_tried_and_names_the_same_households():
    other = household("H2", assistance=[{"measure": "industry", "started_on": "2023-01-01"}])
    index = pd.MultiIndex.from_tuples([("H2", DAY), ("H1", DAY)], names=["household_id", "as_of_date"])
    frame = pd.DataFrame({"n_active_measures": [1.0, 2.0]}, index=index)
    shard = village_of(HELPED, other)
    tried = risk_with_help_ended(OneMeasureOneTenth(), frame, shard, DAY, 12)
    scored = pl.DataFrame({"household_id": ["H2", "H1"], "risk": [0.1, 0.2]})
    withheld = untried(shard, DAY, scored)
    assert withheld.drop("risk_ended").equals(tried.drop("risk_ended"))
    assert withheld.schema == tried.schema
    assert withheld["risk_ended"].null_count() == len(withheld) == 3
