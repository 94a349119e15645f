import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from models.risk.training_set import TrainingSet
from models.training.settings import ModelSettings
from studies.protocol.further_learners import further_scores, varying
from tests.models.numbers import invented
from tests.parameters import parameters

SECTION = {"members": 1, "rounds": 20, "min_data_in_leaf": 20, "feature_fraction": 1.0}
SETTINGS = ModelSettings.of(parameters().model.model_copy(update=SECTION), 1)
FREE = [0, 0, 0, 0]


def scores(directions=FREE, change=lambda frame: frame):
    frame, label = invented(800)
    training = TrainingSet(change(frame), label, np.ones(len(label)), np.array([], dtype="datetime64[D]"))
    strangers, outcome = invented(800, seed=1)
    return further_scores(training, change(strangers), directions, SETTINGS), strangers, outcome


@pytest.mark.parametrize("learner", ["catboost", "explainable_boosting"])
def test_a_learner_ranks_strangers_obeys_a_direction_and_repeats_itself(learner):
    """Told that income raises the risk, which it does not, it cannot use income."""
    free, strangers, outcome = scores()
    assert roc_auc_score(outcome, free[learner]) > 0.7
    assert np.array_equal(scores()[0][learner], free[learner])
    bound, _, _ = scores([1, 0, 0, 0])
    income = strangers["income"].fillna(0)
    assert np.corrcoef(income, free[learner])[0, 1] < -0.5 < np.corrcoef(income, bound[learner])[0, 1]


def test_a_feature_that_is_never_known_or_never_varies_is_no_obstacle():
    without, _, _ = scores(change=lambda frame: frame.assign(debt=np.nan, noise=3.0))
    assert all(np.isfinite(one).all() for one in without.values())


def test_only_columns_that_vary_among_what_is_known_are_learned_from():
    matrix = np.array([[1.0, 2.0, np.nan, 5.0], [1.0, 3.0, np.nan, np.nan], [1.0, 2.0, np.nan, 5.0]])
    assert varying(matrix).tolist() == [1]
