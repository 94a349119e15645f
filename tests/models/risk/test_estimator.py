"""The risk model as scikit-learn's own tools see it."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.utils.estimator_checks import parametrize_with_checks

from models.risk.model import RiskModel
from register.errors import ContractError
from tests.models.numbers import invented

SMALL = {"members": 2, "rounds": 20, "min_data_in_leaf": 5}

#: Every exception from the contract, with its reason.
EXCEPTIONS = {
    "check_sample_weight_equivalence_on_dense_data": (
        "a member leaves out households by lot and a leaf wants rows: a repeated row counts as another one"
    ),
}


@parametrize_with_checks([RiskModel(**SMALL)], expected_failed_checks=lambda _: EXCEPTIONS)
def test_the_model_keeps_the_contract_of_an_estimator(estimator, check):
    check(estimator)


def test_a_clone_keeps_the_directions_and_learns_the_same_bits():
    frame, label = invented(600)
    model = RiskModel(**SMALL, monotone_cst={"income": -1})
    again = clone(model)
    assert again.monotone_cst == {"income": -1}
    assert_array_equal(model.fit(frame, label).margin(frame), again.fit(frame, label).margin(frame))


def test_tools_of_scikit_learn_take_the_model():
    frame, label = invented(600)
    calibrated = CalibratedClassifierCV(RiskModel(**SMALL), cv=2).fit(frame.reset_index(drop=True), label)
    assert calibrated.predict_proba(frame.reset_index(drop=True)).shape == (600, 2)


def test_other_labels_come_back_as_they_were():
    frame, label = invented(600)
    model = RiskModel(**SMALL).fit(frame, np.where(label == 1, "fell", "did not"))
    assert model.classes_.tolist() == ["did not", "fell"]
    wanted = np.where(model.margin(frame) > 0, "fell", "did not")
    assert_array_equal(model.predict(frame), wanted)
    assert_array_equal(model.margin(frame), RiskModel(**SMALL).fit(frame, label).margin(frame))


def test_without_household_and_date_every_row_is_a_household_of_its_own():
    frame, label = invented(600)
    alone = pd.MultiIndex.from_arrays([[f"{at:03d}" for at in range(600)], [0] * 600])
    plain = RiskModel(**SMALL).fit(frame.to_numpy(), label)
    assert plain.feature_names == ["x0", "x1", "x2", "x3"]
    assert plain.margin(frame.to_numpy()).shape == (600,)
    lots = [RiskModel(**SMALL).fit(one, label).margin(frame) for one in (frame, frame.set_axis(alone))]
    assert (lots[0] != lots[1]).any(), "rows of one household are left out together"


def test_a_model_fitted_on_a_frame_and_then_on_an_array_forgets_the_names():
    frame, label = invented(600)
    model = RiskModel(**SMALL).fit(frame, label).fit(frame.to_numpy(), label)
    assert model.feature_names == ["x0", "x1", "x2", "x3"]


@pytest.mark.parametrize("weight", [np.ones(99), -np.ones(100), np.zeros(100), np.full(100, np.nan)])
def test_weights_that_weigh_nothing_are_refused(weight):
    frame, label = invented(100)
    with pytest.raises(ContractError) as refused:
        RiskModel(**SMALL).fit(frame, label, weight)
    assert str(refused.value) == (
        f"training: found sample_weight of shape {weight.shape}, allowed is one number for each of 100 rows, "
        "none below and not all zero; weigh the rows again"
    )


def test_a_direction_that_is_none_is_refused():
    frame, label = invented(100)
    with pytest.raises(ContractError) as refused:
        RiskModel(**SMALL, monotone_cst={"income": 2}).fit(frame, label)
    assert str(refused.value) == (
        "monotone_cst: found 2 for income, allowed are -1, 0 and 1; declare the feature's direction anew"
    )


def test_three_outcomes_are_refused():
    frame, _ = invented(100)
    with pytest.raises(ContractError) as refused:
        RiskModel(**SMALL).fit(frame, np.arange(100) % 3)
    assert str(refused.value) == (
        "Only binary classification is supported. The type of the target is multiclass."
    )
