import json
import warnings

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from models.risk.logistic import LogisticMember, fit_logistic
from tests.models.numbers import invented


def fitted(frame, label, directions=(0, 0, 0, 0), weight=None, start=None, ridge=50.0):
    weights = np.ones(len(label)) if weight is None else weight
    return fit_logistic(frame.to_numpy(), label, weights, directions, ridge, start)


def test_it_finds_a_linear_risk_in_spite_of_missing_values():
    later, became = invented(3000, seed=1)
    score = fitted(*invented(3000)).margin(later.to_numpy())
    assert roc_auc_score(became, score) > 0.78


def test_without_directions_it_is_the_well_known_regression():
    frame, label = invented(1500)
    weight = np.where(label == 1, 1.0, 2.0)
    member = fitted(frame, label, weight=weight)
    wanted = LogisticRegression(C=1 / 50, solver="newton-cholesky", tol=1e-10)
    wanted.fit(member.columns(frame.to_numpy()), label, sample_weight=weight)
    assert_allclose(member.coefficient, wanted.coef_[0], atol=1e-8)
    assert member.intercept == pytest.approx(wanted.intercept_[0], abs=1e-8)


def test_a_fit_that_starts_from_an_earlier_one_gives_every_row_the_same_log_odds():
    """The earlier one saw half of the rows, another line, and no gap in one column."""
    frame, label = invented(1500)
    half = frame.iloc[:750].assign(debt=frame["debt"].iloc[:750].fillna(0.0))
    earlier = fitted(half, (label[:750] + (half["noise"] > 1)).clip(0, 1).to_numpy(), (-1, 1, 0, 0))
    cold, warm = (fitted(frame, label, (-1, 1, 0, 0), start=start) for start in (None, earlier))
    matrix = frame.to_numpy()
    assert np.abs(earlier.margin(matrix) - cold.margin(matrix)).max() > 0.1
    assert_allclose(warm.margin(matrix), cold.margin(matrix), atol=1e-6)


def test_classes_that_a_line_tells_apart_and_no_ridge_end_in_finite_odds():
    frame = pd.DataFrame({"income": np.r_[-1.0 - np.arange(40), 1.0 + np.arange(40)], "twice": 0.0})
    frame["twice"] = 2 * frame["income"]
    label = np.repeat([1, 0], 40)
    margin = fitted(frame, label, (-1, 0), ridge=0.0).margin(frame.to_numpy())
    assert np.isfinite(margin).all()
    assert ((margin > 0) == (label == 1)).all()


def test_the_mean_of_the_columns_is_what_other_rows_are_compared_with():
    frame, label = invented(800)
    member, some = fitted(frame, label), frame.to_numpy()[:100]
    assert_allclose(member.centre_of(frame.to_numpy()), member.centre, atol=1e-12)
    assert_allclose(member.parts(some, member.centre_of(some)).mean(axis=0), 0, atol=1e-12)


def test_no_coefficient_runs_against_its_declared_direction():
    frame, label = invented(1500)
    member = fitted(frame, label, directions=(1, -1, 0, 0))
    assert member.coefficient[0] == 0
    assert member.coefficient[1] == 0


def test_the_parts_add_up_to_the_margin_and_to_nothing_over_the_training_rows():
    frame, label = invented(800)
    member = fitted(frame, label)
    parts = member.parts(frame.to_numpy())
    assert_allclose(member.base + parts.sum(axis=1), member.margin(frame.to_numpy()), atol=1e-12)
    assert_allclose(parts.mean(axis=0), 0, atol=1e-12)


def test_a_column_without_any_value_and_one_without_spread_do_no_harm():
    frame, label = invented(600)
    odd = frame.assign(debt=np.nan, noise=1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(fitted(odd, label).margin(odd.to_numpy())).all()


def test_far_values_do_not_carry_a_score_away():
    frame, label = invented(600)
    far = frame.assign(income=1e12)
    assert np.abs(fitted(frame, label).margin(far.to_numpy())).max() < 20


def test_what_is_written_reads_back_to_the_same_bits():
    frame, label = invented(600)
    member = fitted(frame, label)
    again = LogisticMember.from_dict(json.loads(json.dumps(member.to_dict())))
    assert_array_equal(again.margin(frame.to_numpy()), member.margin(frame.to_numpy()))
