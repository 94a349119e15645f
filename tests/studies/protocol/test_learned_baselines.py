import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from models.risk.training_set import TrainingSet
from models.training.settings import ModelSettings
from pipelines.workspace.parameters.studies import Splines
from studies.protocol.learned_baselines import LEARNED, learned_scores
from tests.models.numbers import invented
from tests.parameters import parameters

MODEL = parameters().model
SECTION = {
    "members": 1,
    "rounds": 20,
    "min_data_in_leaf": 20,
    "max_negatives": 1,
    "feature_fraction": 1.0,
    "max_calibration_rows": 1,
    "min_calibration_positives": 1,
}
SETTINGS = ModelSettings.of(MODEL.model_copy(update=SECTION), 1)
SPLINES = Splines(knots=4, degree=2, ridge=1.0)
NO_DIRECTION = dict.fromkeys(["income", "illness", "debt", "noise"], 0)


def scores(directions=NO_DIRECTION, change=lambda frame: frame):
    frame, label = invented(800)
    frame = change(frame)
    training = TrainingSet(frame, label, np.ones(len(label)), np.array([], dtype="datetime64[D]"))
    asked, outcome = invented(800, seed=1)
    return learned_scores(training, change(asked), directions, SETTINGS, SPLINES), change(asked), outcome


def test_every_baseline_ranks_strangers_far_better_than_chance():
    found, _, outcome = scores()
    assert tuple(found) == LEARNED
    assert min(roc_auc_score(outcome, one) for one in found.values()) > 0.7


def test_only_the_constrained_one_obeys_a_direction():
    """Told that income raises the risk, which it does not: the one that obeys cannot use it."""
    found, asked, _ = scores({**NO_DIRECTION, "income": 1})
    rise = {
        name: np.corrcoef(asked["income"].fillna(0), found[name])[0, 1]
        for name in ("hist_gradient_boosting", "hist_gradient_boosting_free")
    }
    assert rise["hist_gradient_boosting_free"] < -0.5 < rise["hist_gradient_boosting"]


def test_a_feature_that_is_never_known_or_never_varies_is_no_obstacle():
    found, _, _ = scores(change=lambda frame: frame.assign(debt=np.nan, noise=3.0))
    assert all(np.isfinite(one).all() for one in found.values())


def test_splines_find_a_hump_that_a_straight_line_cannot():
    """Risk is highest for middling incomes."""
    generator = np.random.default_rng(3)
    frame, _ = invented(2000)
    frame = frame.fillna(0.0)
    label = (generator.random(2000) < 1 / (1 + np.exp(4 * np.abs(frame["income"].to_numpy()) - 2))).astype(
        int
    )
    training = TrainingSet(frame, label, np.ones(2000), np.array([], dtype="datetime64[D]"))
    found = learned_scores(training, frame, NO_DIRECTION, SETTINGS, SPLINES)
    assert (
        roc_auc_score(label, found["logistic_splines"]) > roc_auc_score(label, found["logistic_free"]) + 0.1
    )


@pytest.mark.parametrize("name", LEARNED)
def test_the_same_rows_give_the_same_scores(name):
    assert np.array_equal(scores()[0][name], scores()[0][name])
