"""Yes, no or not shown: mean risk beside what came true, in all and in every season, and the slope."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.board import SCHEMA
from tests.parameters import parameters
from tests.watchlists.lists import FALLS
from watchlists.report.calibration_verdict import NO, UNSURE, YES, calibration_verdict, is_off, too_high
from watchlists.report.published_evaluation import PublishedEvaluation

LIMITS = parameters().promotion


def row(value, low=None, high=None, *, origin="pooled", model="risk_came", metric="relative_bias"):
    figures = {"value": value, "low": low, "high": high, "n": 1000, "n_positive": 100}
    told = {"origin": origin, "subgroup": "all", "model": model, "metric": metric, "ties": "mean"}
    return dict.fromkeys(SCHEMA) | told | figures


def judged(pooled=(0.0, -0.05, 0.05), slope=1.0, seasons=(), assumed=None, tables=None):
    rows = [
        row(*pooled),
        row(*(assumed or pooled), model="risk_model"),
        row(slope, 0.9, 1.1, metric="slope"),
        *(row(*one, origin=f"2024Q{number}") for number, one in enumerate(seasons, 1)),
    ]
    board = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return calibration_verdict(
        PublishedEvaluation({}, {"leaderboard": board, **(tables or {})}, FALLS), LIMITS
    )


@pytest.mark.parametrize(
    ("verdict", "figures"),
    [
        (YES, {}),
        (YES, {"pooled": (0.1, 0.06, 0.14)}),
        (YES, {"slope": 0.9}),
        (YES, {"seasons": [(0.25, 0.2, 0.3), (-0.25, -0.3, -0.2)]}),
        (NO, {"pooled": (0.101, 0.06, 0.14)}),
        (NO, {"pooled": (-0.101, -0.14, -0.06)}),
        (NO, {"slope": 0.899}),
        (NO, {"seasons": [(0.0, -0.1, 0.1), (0.72, 0.6, 0.8)]}),
        (UNSURE, {"pooled": (0.15, -0.02, 0.3)}),
        (UNSURE, {"pooled": (0.01, -0.2, 0.3)}),
        (UNSURE, {"pooled": (None, None, None)}),
        (UNSURE, {"slope": None}),
        (UNSURE, {"seasons": [(0.3, -0.1, 0.6)]}),
        (UNSURE, {"seasons": [(None, None, None)]}),
    ],
)
def test_what_is_too_far_is_no_unless_it_may_be_chance(verdict, figures):
    assert judged(**figures)[0] == verdict


@given(st.floats(-2, 2), st.floats(0, 0.5), st.floats(0.5, 1.5))
def test_yes_is_never_said_beyond_what_is_allowed(bias, half, slope):
    verdict, _ = judged(pooled=(bias, bias - half, bias + half), slope=slope)
    if abs(bias) > LIMITS.bias.pooled or not LIMITS.slope[0] <= slope <= LIMITS.slope[1]:
        assert verdict != YES


def test_the_answer_tells_how_good_the_model_is_and_how_good_the_guess_of_the_line():
    """The line rose by 4 %, 15 % had been assumed."""
    _, (zh, en) = judged(
        (0.031, -0.01, 0.07), seasons=[(0.02, 0, 0.1), (-0.08, -0.1, 0)], assumed=(0.72, 0.6, 0.8)
    )
    assert en == (
        "Read for the line as it came, mean risk is 3.1% too high [−1.0%, +7.0%]; for the rise assumed, "
        "72.0% too high [+60.0%, +80.0%]. Farthest off is 2024Q2, 8.0% too low [−10.0%, +0.0%]. "
        "Slope 1.000 [0.900, 1.100]. The aim: ±10% in all, ±25% in a season, slope 0.9 to 1.1."
    )
    assert zh.startswith("按实际调整后的线读，平均风险比实际偏高3.1% [−1.0%, +7.0%]；按当时假设的调幅读，")


def test_where_the_line_was_no_guess_one_reading_is_told_and_one_season_is_no_worst():
    _, (zh, en) = judged((0.05, 0.01, 0.09), seasons=[(0.05, 0.01, 0.09)])
    assert en.startswith("Mean risk is 5.0% too high [+1.0%, +9.0%]. Slope")
    assert zh.startswith("平均风险比实际偏高5.0% [+1.0%, +9.0%]。校准斜率")


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0001, "as high as what came true"), (-0.05, "5.0% too low"), (None, "not known")],
)
def test_a_bias_is_said_in_words(value, words):
    assert too_high({"value": value, "low": None, "high": None})[1] == words


@pytest.mark.parametrize(
    ("value", "low", "high", "marked"),
    [
        (0.3, 0.1, 0.5, True),
        (-0.3, -0.5, -0.1, True),
        (0.3, -0.1, 0.5, False),
        (0.09, 0.05, 0.12, False),
        (None, None, None, False),
    ],
)
def test_a_part_is_off_where_it_is_too_far_off_and_not_by_chance(value, low, high, marked):
    assert is_off({"value": value, "low": low, "high": high}, LIMITS.bias.pooled) is marked


def test_parts_that_are_surely_off_are_counted_whatever_all_together_are():
    """Of two bins one is 30 % too high, and of two groups none is, but for chance."""
    biases = {
        "relative_bias": [0.3, -0.3],
        "relative_bias_low": [0.2, -0.6],
        "relative_bias_high": [0.4, 0.1],
    }
    groups = {f"relative_bias_came{name[13:]}": [0.05, 0.02] for name in biases}
    _, (zh, en) = judged(
        tables={"reliability": pl.DataFrame(biases), "group_calibration": pl.DataFrame(groups)}
    )
    assert "Surely more than 10% off: 1 of 2 bins of risk, 0 of 2 groups." in en
    assert "确实偏离超过10%的：2个风险组中1个，2类户中0类。" in zh
