"""Parameters are tried inside the past: rolled by quarters, the last one held back."""

from datetime import date

import numpy as np
import pandas as pd
import polars as pl
import pytest

from models.resampling import Bootstrap
from models.risk.training_set import TrainingSet
from pipelines.workspace.parameters.studies import Range
from register.errors import ParamsError, SeasonError
from register.seasons import months_later
from studies.tuning.parameter_search import Budget, search
from studies.tuning.trial import Tried, gain, rounds, tried
from tests.models.numbers import invented
from tests.parameters import parameters

DAY = date(2024, 3, 31)
TREES = {"members": 1, "rounds": 10, "min_data_in_leaf": 20, "max_bin": 15}
RANGES = {"rounds": Range(low=5, high=20), "learning_rate": Range(low=0.02, high=0.3, log=True)}
IN_USE = {"rounds": 10, "learning_rate": 0.08}


def known(n=1600):
    """Households whose outcomes became known quarter after quarter, the last at `DAY`."""
    frame, label = invented(n)
    ends = [months_later(DAY, -step) for step in (18, 15, 12, 9, 6, 3, 0)]
    known_on = np.array([ends[i % 7] for i in range(n)], dtype="datetime64[D]")
    days = pd.DatetimeIndex(known_on) - pd.DateOffset(months=12)
    index = pd.MultiIndex.from_arrays(
        [[f"H{i:04d}" for i in range(n)], days], names=["household_id", "as_of_date"]
    )
    return TrainingSet(frame.set_index(index), label, np.ones(n), known_on)


def past():
    rows = known()
    return rounds(rows, rows.known_after(months_later(DAY, -12)), DAY, 12, 20)


def judged(chosen):
    return tried(past(), {**TREES, **chosen}, {}, threads=1)


def test_a_round_trains_on_what_was_known_and_is_judged_by_what_came_next():
    found = past()
    assert len(found) == 4
    for one in found:
        assert one.training.known_on.max() < one.judged.known_on.min()
        assert len(np.unique(one.judged.known_on)) == 1
    assert found[-1].judged.known_on.max() == np.datetime64(DAY)


def test_what_became_known_after_the_first_season_judged_has_no_part():
    rows = known()
    later = TrainingSet(rows.frame, rows.label, rows.weight, rows.known_on + np.timedelta64(120, "D"))
    for one in rounds(later, later, DAY, 12, 20):
        assert max(one.training.known_on.max(), one.judged.known_on.max()) <= np.datetime64(DAY)


def test_too_short_a_past_is_refused():
    with pytest.raises(SeasonError) as refused:
        rounds(known(), known().known_by(months_later(DAY, -9)), DAY, 12, 20)
    assert str(refused.value) == (
        "tune: found 1 quarters before 2024-03-31 with 20 households that fell to train on and to judge by, "
        "needed are 2; take a later season or lower evaluate.min_positives"
    )


def test_the_quarter_held_back_has_no_part_in_the_loss():
    rows = past()
    turned = [*rows[:-1], type(rows[-1])(rows[-1].training, rows[-2].judged)]
    assert tried(rows, TREES, {}, 1).loss == tried(turned, TREES, {}, 1).loss


def test_threads_change_nothing():
    one, two = (tried(past(), TREES, {}, threads) for threads in (1, 2))
    assert one.loss == two.loss
    assert all(np.array_equal(a[0], b[0]) for a, b in zip(one.margins, two.margins, strict=True))


def test_the_same_seed_tries_the_same_and_another_seed_does_not():
    first, again, other = (search(judged, RANGES, IN_USE, Budget(4, seed), iter) for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)
    assert first.row(0, named=True)["rounds"] == 10
    assert first["learning_rate"][0] == 0.08


def test_the_search_comes_closer_to_what_is_best():
    """A loss that is least at 0.2."""
    found = search(
        lambda chosen: Tried([], "trees", abs(chosen["learning_rate"] - 0.2)), RANGES, IN_USE, Budget(30, 1)
    )
    assert found["loss"].min() < 0.03
    assert found["learning_rate"].is_between(0.02, 0.3).all()


def test_the_same_parameters_gain_nothing_and_worse_ones_lose():
    rows, clusters = past(), pl.DataFrame({"household_id": [f"H{i:04d}" for i in range(1600)]})
    clusters = clusters.join(
        pl.DataFrame({"as_of_date": [one.days[0] for one in rows]}), how="cross"
    ).with_columns(cluster="household_id")
    in_use, poor = (tried(rows, {**TREES, "rounds": n}, {}, 1) for n in (60, 1))
    same = gain(rows, in_use, in_use, clusters, Bootstrap(50, 1))
    assert (same.value, same.low, same.high, same.n) == (0, 0, 0, len(rows[-1].judged.label))
    poor = Tried(poor.margins, "trees", 0.0)
    trees = Tried(in_use.margins, "trees", 0.0)
    assert gain(rows, poor, trees, clusters, Bootstrap(50, 1)).value > 0


def test_a_range_that_does_not_hold_what_is_in_use_is_refused():
    with pytest.raises(ParamsError) as refused:
        search(judged, RANGES, {**IN_USE, "rounds": 150}, Budget(1, 1))
    assert str(refused.value) == (
        "tune.ranges.rounds: found 5 to 20, it must hold the value in use (150, model.rounds); widen it"
    )


@pytest.mark.parametrize(
    ("name", "one", "said"),
    [
        ("leaves", {"low": 1, "high": 2}, "tune: found ranges of 'leaves', allowed are members, rounds, "),
        (
            "max_negatives",
            {"low": 1, "high": 2},
            "tune: found ranges of 'max_negatives', allowed are members, rounds, ",
        ),
        (
            "ridge",
            {"low": 5, "high": 1},
            "tune.ranges.ridge: found 5 to 1, allowed is 0 < low < high",
        ),
    ],
)
def test_a_range_of_nothing_and_one_upside_down_are_refused(name, one, said):
    with pytest.raises(ParamsError) as refused:
        parameters({f"tune.ranges.{name}": one})
    assert str(refused.value).startswith(said)
