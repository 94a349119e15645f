import warnings

import numpy as np
from sklearn.metrics import roc_auc_score

from models.baselines import LogisticBaseline, income_over_line
from tests.models.numbers import invented


def test_the_nearest_to_the_line_come_first():
    assert np.argsort(-income_over_line(np.array([3.0, 1.1, 2.0]))).tolist() == [1, 2, 0]


def test_logistic_regression_finds_a_linear_risk_in_spite_of_missing_values():
    frame, label = invented(3000)
    later, became = invented(3000, seed=1)
    score = LogisticBaseline().fit(frame, label, np.ones(3000)).margin(later)
    assert roc_auc_score(became, score) > 0.78


def test_a_column_without_any_value_and_one_without_spread_do_no_harm():
    frame, label = invented(600)
    odd = frame.assign(debt=np.nan, noise=1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(LogisticBaseline().fit(odd, label, np.ones(600)).margin(odd)).all()


def test_far_values_do_not_carry_a_score_away():
    frame, label = invented(600)
    fitted = LogisticBaseline().fit(frame, label, np.ones(600))
    far = frame.assign(income=1e12)
    assert np.abs(fitted.margin(far)).max() < 20
