"""Weights of recorded causes: they speak for those who fall, and no record counts twice."""

import numpy as np
import polars as pl
import pytest

from models.causes.weights import n_records, record_weights
from models.risk.model import RiskModel
from models.risk.training_set import TrainingSet
from tests.models.recorded import first_raising, recorded


@pytest.fixture(scope="module")
def trained():
    """The ill fall as often as those out of work."""
    frame, _ = recorded(2000)
    fell = (np.random.default_rng(1).random(2000) < 0.3).astype(np.int64)
    known_on = np.full(2000, np.datetime64("2023-12-31", "D"))
    model = RiskModel(members=1, rounds=5, min_data_in_leaf=50).fit(frame, fell)
    return model, TrainingSet(frame, fell, np.ones(2000), known_on)


def rows_of(frame, of_record=None):
    """One row a household of `frame`; rows of one record share household and day of the record."""
    households = frame.index.get_level_values("household_id").to_list()
    return pl.DataFrame(
        {
            "household_id": households if of_record is None else of_record,
            "as_of_date": pl.Series(frame.index.get_level_values("as_of_date")).cast(pl.Date),
            "cause_on": pl.Series(["2024-05-01"] * len(frame)).str.to_date(),
        }
    )


def weighed(trained, frame, power=1.0, most=5.0, of_record=None):
    return record_weights(rows_of(frame, of_record), frame, *trained, power, most)


def test_who_is_seldom_recorded_counts_more(trained):
    """Causes are recorded of those who show an illness, hardly of the others."""
    _, training = trained
    shows = training.frame[first_raising("illness")].to_numpy() > 1
    frame = training.frame[shows | (np.arange(2000) % 20 == 0)]
    weight, ill = weighed(trained, frame), frame[first_raising("illness")].to_numpy() > 1
    assert weight[~ill].mean() > 1.5 * weight[ill].mean()


def test_of_power_zero_all_count_alike(trained):
    assert weighed(trained, trained[1].frame[:300], power=0.0).tolist() == pytest.approx([1.0] * 300)


def test_no_row_counts_more_than_so_many_times_the_middle_one(trained):
    weight = weighed(trained, trained[1].frame[:300], most=1.5)
    assert weight.max() / weight.min() <= 1.5**2 + 1e-9


def test_rows_that_see_one_record_share_it_and_all_sum_to_the_records(trained):
    of_record = [f"H{one // 2:04}" for one in range(300)]
    weight = weighed(trained, trained[1].frame[:300], power=0.0, of_record=of_record)
    assert weight.tolist() == pytest.approx([0.5] * 300)
    assert n_records(rows_of(trained[1].frame[:300], of_record)) == 150
