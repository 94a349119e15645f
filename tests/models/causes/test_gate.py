"""The gate of the forecast: enough records, better than the commonest cause, and how sure is how right."""

import numpy as np
import pytest

from models.causes.gate import FEW_RECORDS, NOT_BETTER, UNJUDGED, judge_forecast
from models.registry.parameters import PairedParameters
from tests.models.recorded import judged
from tests.parameters import parameters

FORECAST = parameters().model.forecast
PAIRED = PairedParameters(resamples=200, seed=1, min_clusters=30)


def verdict(rows, records=600):
    return judge_forecast(rows, records, FORECAST, PAIRED)


def pattern(share, n=200):
    return [one % 10 < share * 10 for one in range(n)]


def test_right_for_six_of_ten_where_the_commonest_cause_is_for_four_it_is_used():
    result = verdict(judged(pattern(0.6), pattern(0.4)))
    assert (result["is_used"], result["why"]) == (True, "")
    assert (result["n"], result["top1"], result["commonest"]) == (200, 0.6, 0.4)
    assert result["difference"] == pytest.approx(0.2)
    assert 0 < result["low"] < result["difference"] < result["high"]


def test_no_better_than_the_commonest_cause_it_is_not_used():
    result = verdict(judged(pattern(0.4), pattern(0.4)))
    assert (result["is_used"], result["why"], result["low"]) == (False, NOT_BETTER, 0.0)


def test_learned_from_too_few_records_it_is_not_used():
    assert verdict(judged(pattern(0.6), pattern(0.4)), FORECAST.records - 1)["why"] == FEW_RECORDS


def test_where_no_cause_was_recorded_after_a_judged_season_it_is_not_used():
    result = verdict(judged([]))
    assert (result["why"], result["n"]) == (UNJUDGED, 0)
    assert result["top1"] is result["difference"] is result["low"] is None


def test_where_villages_are_too_few_households_are_drawn():
    one_village = verdict(judged(pattern(0.6), pattern(0.4), villages=1))
    assert one_village["low"] < one_village["high"]


def test_each_step_says_how_many_how_sure_and_how_often_right():
    shares = np.r_[np.full(10, 0.9), np.full(20, 0.7), np.full(30, 0.3)]
    right = [one % 10 < 8 for one in range(60)]
    steps = verdict(judged(right, share=shares))["steps"]
    assert [steps[one]["n"] for one in ("firm", "likely", "uncertain")] == [10, 20, 30]
    assert steps["firm"] == {"n": 10, "share": 0.9, "right": 0.8}


def test_a_step_nobody_stands_on_has_no_share():
    assert verdict(judged([True] * 5))["steps"]["firm"] == {"n": 0, "share": None, "right": None}
