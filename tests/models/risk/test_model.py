import numpy as np
import pytest
from numpy.testing import assert_array_equal

from models.risk.boosters import PARTS, part_left_out
from models.risk.calibration.calibrate import Calibration
from models.risk.calibration.line import Line
from models.risk.matrix import households_in_order
from models.risk.model import RiskModel
from models.risk.sampling import household_lot
from register.errors import ContractError, SeasonError
from tests.models.numbers import invented

DIRECTIONS = {"income": -1, "illness": 1}
SMALL = {"members": 2, "rounds": 20, "min_data_in_leaf": 20}


@pytest.fixture(scope="module")
def fitted():
    frame, label = invented()
    return RiskModel(**SMALL, monotone_cst=DIRECTIONS).fit(frame, label), frame, label


def test_the_order_of_rows_changes_no_bit(fitted):
    model, frame, label = fitted
    order = np.random.default_rng(3).permutation(len(frame))
    shuffled = RiskModel(**SMALL, monotone_cst=DIRECTIONS).fit(frame.iloc[order], label[order])
    assert_array_equal(model.margin(frame), shuffled.margin(frame))


def test_the_number_of_threads_changes_no_bit(fitted):
    model, frame, label = fitted
    other = RiskModel(**SMALL, monotone_cst=DIRECTIONS, threads=2).fit(frame, label)
    assert_array_equal(model.margin(frame), other.margin(frame))


def test_one_household_alone_scores_as_in_a_crowd(fitted):
    model, frame, _ = fitted
    assert_array_equal(model.margin(frame.iloc[5:6]), model.margin(frame)[5:6])


def test_risk_never_rises_with_a_feature_declared_to_lower_it(fitted):
    model, frame, _ = fitted
    richer = frame.head(200).assign(income=frame["income"].head(200).fillna(0) + 1)
    poorer = frame.head(200).assign(income=frame["income"].head(200).fillna(0))
    assert (model.margin(richer) <= model.margin(poorer)).all()


def test_the_margin_is_the_mean_of_the_members(fitted):
    model, frame, _ = fitted
    read = model.calibration_.margin(model.raw_members(frame))
    np.testing.assert_allclose(read.mean(axis=1), model.margin(frame), atol=1e-12)


def test_members_see_different_households(fitted):
    model, frame, _ = fitted
    assert model.raw_members(frame).std(axis=1).mean() > 0.01


def test_an_unseen_margin_is_that_of_the_member_that_left_the_household_out(fitted):
    """Two members leave two of the five parts out; whoever both have seen has none."""
    model, frame, _ = fitted
    model = model.blended(0.25)
    part = part_left_out(household_lot(households_in_order(frame)[0], "parts"))
    of_members, unseen = model.raw_members(frame), model.unseen_margin(frame)
    for number in range(2):
        assert_array_equal(unseen[part == number], of_members[part == number, number])
    assert np.isnan(unseen[part >= 2]).all()
    assert {*part} == {*range(PARTS)}


def test_calibrating_and_blending_leave_the_model_as_it_is(fitted):
    model, frame, _ = fitted
    before = model.margin(frame)
    other = model.blended(0.5).calibrated(Calibration(Line(0.5, 1.0)))
    assert_array_equal(model.margin(frame), before)
    assert_array_equal(other.margin(frame), 0.5 * model.blended(0.5).margin(frame) + 1.0)
    assert other.members_ is model.members_


def test_no_household_scores_nothing(fitted):
    model, frame, _ = fitted
    assert model.predict_proba(frame.iloc[:0]).shape == (0, 2)


def test_weights_stand_for_rows_left_out():
    frame, label = invented(4000)
    kept = (label == 1) | (np.arange(4000) % 4 < 2)
    weight = np.where(label[kept] == 1, 1.0, 2.0)
    whole = RiskModel(**SMALL).fit(frame, label).predict_proba(frame)[:, 1].mean()
    drawn = RiskModel(**SMALL).fit(frame[kept], label[kept], weight).predict_proba(frame)[:, 1].mean()
    assert drawn == pytest.approx(whole, abs=0.02)


def test_rows_for_the_trees_only_teach_the_trees_and_not_the_logistic_member(fitted):
    """Half of the rows teach trees alone; the logistic member is that of the other half."""
    model, frame, label = fitted
    flags = np.arange(len(frame)) % 4 < 2
    some = RiskModel(**SMALL, monotone_cst=DIRECTIONS).fit(frame, label, trees_only=flags)
    half = RiskModel(**SMALL, monotone_cst=DIRECTIONS).fit(frame[~flags], label[~flags])
    assert_array_equal(some.raw_kinds(frame)[0], model.raw_kinds(frame)[0])
    assert_array_equal(some.raw_kinds(frame)[1], half.raw_kinds(frame)[1])
    assert (half.raw_kinds(frame)[1] != model.raw_kinds(frame)[1]).any()


def test_no_row_for_the_trees_only_changes_no_bit(fitted):
    model, frame, label = fitted
    none = np.zeros(len(frame), dtype=bool)
    same = RiskModel(**SMALL, monotone_cst=DIRECTIONS).fit(frame, label, trees_only=none)
    assert_array_equal(same.blended(0.5).margin(frame), model.blended(0.5).margin(frame))


def test_the_order_of_rows_and_threads_change_no_bit_where_some_teach_trees_alone(fitted):
    _, frame, label = fitted
    flags = np.arange(len(frame)) % 5 == 0
    order = np.random.default_rng(4).permutation(len(frame))
    sorted_, shuffled = (
        RiskModel(**SMALL, threads=threads).fit(frame.iloc[at], label[at], trees_only=flags[at]).blended(0.5)
        for at, threads in ((np.arange(len(frame)), 1), (order, 2))
    )
    assert_array_equal(sorted_.margin(frame), shuffled.margin(frame))


def test_both_labels_must_be_among_the_rows_that_both_kinds_learn_from():
    frame, label = invented(100)
    with pytest.raises(SeasonError, match="training: found one class only, 0 of "):
        RiskModel(**SMALL).fit(frame, label, trees_only=label == 1)


@pytest.mark.parametrize("flags", [np.zeros(3, dtype=bool), np.zeros(100)])
def test_flags_of_another_length_or_type_are_refused(flags):
    frame, label = invented(100)
    with pytest.raises(ContractError, match="training: found trees_only of type "):
        RiskModel(**SMALL).fit(frame, label, trees_only=flags)


def test_swapped_columns_are_refused(fitted):
    model, frame, _ = fitted
    with pytest.raises(ContractError) as refused:
        model.margin(frame[["illness", "income", "debt", "noise"]])
    assert str(refused.value) == (
        "features: column 1 is illness, the model was trained with income there; build the features and "
        "train with the same code (huitou run)"
    )


def test_a_missing_column_is_refused(fitted):
    model, frame, _ = fitted
    with pytest.raises(ContractError) as refused:
        model.margin(frame[["income", "illness", "debt"]])
    assert str(refused.value) == (
        "features: column 4 is nothing, the model was trained with noise there; build the features and "
        "train with the same code (huitou run)"
    )


def test_a_column_of_another_type_is_refused(fitted):
    model, frame, _ = fitted
    with pytest.raises(ContractError) as refused:
        model.margin(frame.astype({"debt": "float32"}))
    assert str(refused.value) == (
        "features: column debt has type float32, allowed is float64; build the features again"
    )


def test_an_infinite_value_is_refused(fitted):
    model, frame, _ = fitted
    with pytest.raises(ContractError) as refused:
        model.margin(frame.assign(debt=np.inf))
    assert str(refused.value) == (
        "features: column debt holds an infinite value, allowed are numbers and missing; mend its "
        "expression so that it does not divide by zero"
    )


def test_labels_of_one_kind_are_refused():
    frame, label = invented(100)
    with pytest.raises(SeasonError) as refused:
        RiskModel(**SMALL).fit(frame, label * 0)
    assert str(refused.value) == (
        "training: found one class only, 0 of 100 rows with a known label have the outcome; take a later "
        "season or check the label section of params.yaml"
    )
