from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.attribution.attribute import attribute, attribute_change, attribute_interventional
from models.attribution.class_reading import holders, read_parts, unread
from models.attribution.stability import attribute_by_member
from models.risk.calibration.calibrate import Calibration
from models.risk.calibration.class_lines import ClassLines, RowLines
from models.risk.calibration.line import Line
from models.risk.model import RiskModel
from tests.models.numbers import invented

GROUPS = {
    "income": ["income", "debt"],
    "illness": ["illness"],
    "household": ["noise", "household_size", "is_elderly_only"],
    "water": [],
}
LINES = ClassLines({"2-3": Line(0.9, 0.1), "4-5": Line(1.2, 0.3), "elderly_only": Line(0.8, -0.5)})


@pytest.fixture(scope="module")
def classed():
    """Households of one to seven members; one in ten of elderly members only."""
    frame, label = invented()
    generator = np.random.default_rng(3)
    size = generator.integers(1, 8, len(frame)).astype(float)
    frame = frame.assign(household_size=size, is_elderly_only=(generator.random(len(frame)) < 0.1) * 1.0)
    model = RiskModel(members=2, rounds=20, min_data_in_leaf=20).fit(frame, label)
    return model.classed(LINES).calibrated(Calibration(Line(0.8, -0.3))), frame


def test_base_and_parts_add_up_to_the_margin(classed):
    model, frame = classed
    for one in (model, model.blended(0.5)):
        base, parts = attribute(one, frame, GROUPS)
        total = base + parts.sum(axis=1).to_numpy()
        np.testing.assert_allclose(total, one.margin(frame), rtol=0, atol=1e-9)
        against, parts = attribute_interventional(one, frame.iloc[:50], GROUPS, frame.iloc[50:90])
        total = against + parts.sum(axis=1).to_numpy()
        np.testing.assert_allclose(total, one.margin(frame.iloc[:50]), rtol=0, atol=1e-9)


def test_all_households_begin_from_one_base(classed):
    base, _ = attribute(*classed, GROUPS)
    assert np.ptp(base) == 0
    assert base[0] == attribute(classed[0].classed(ClassLines()), classed[1], GROUPS)[0][0]


def test_members_are_read_as_their_mean_is(classed):
    model, frame = classed
    by_member = attribute_by_member(model, frame, GROUPS)
    np.testing.assert_allclose(by_member.mean(axis=0), attribute(model, frame, GROUPS)[1], atol=1e-12)


def test_only_the_group_that_holds_the_class_is_told_of_its_reading(classed):
    """Other parts keep sign and order within a household; a group without features keeps 0."""
    model, frame = classed
    _, read = attribute(model, frame, GROUPS)
    _, plain = attribute(model.classed(ClassLines()), frame, GROUPS)
    slope = (model.row_lines(frame).slope + 1) / 2
    causes = ["income", "illness", "water"]
    np.testing.assert_allclose(read[causes], plain[causes].mul(slope, axis=0), rtol=0, atol=1e-12)
    assert (read["water"] == 0).all()


def test_a_change_adds_up_to_the_difference_of_the_margins_also_where_the_class_changed(classed):
    model, frame = classed
    now, then = frame.iloc[:300], frame.iloc[300:600].set_index(frame.index[:300])
    parts = attribute_change(model, now, then, GROUPS)
    moved = model.margin(now) - model.margin(then)
    np.testing.assert_allclose(parts.sum(axis=1), moved, rtol=0, atol=1e-9)
    turned = attribute_change(model, then, now, GROUPS)
    np.testing.assert_allclose(turned, -parts, rtol=0, atol=1e-9)


def test_a_group_of_which_nothing_changed_gets_exactly_nothing(classed):
    """Half a year's illness and nothing else; then a child was born and nothing else."""
    model, frame = classed
    ill = frame.assign(illness=frame["illness"] + 2)
    assert (attribute_change(model, ill, frame, GROUPS)[["income", "household", "water"]] == 0).all(axis=None)
    born = frame.assign(household_size=frame["household_size"] + 1)
    parts = attribute_change(model, born, frame, GROUPS)
    assert (parts[["income", "illness", "water"]] == 0).all(axis=None)
    assert (parts["household"] != 0).any()


def owen(base, parts, then, now, shares):
    """Every order of the facts, with the reading before all of them or after all."""
    n_groups = parts.shape[1]
    values = np.zeros_like(parts)
    orders = list(permutations(range(n_groups)))
    for order in orders:
        for first in (True, False):
            line = now if first else then
            if first:
                values += np.outer(now.margin(base) - then.margin(base), shares)
            margin = base.copy()
            for group in order:
                before, margin = line.margin(margin), margin + parts[:, group]
                values[:, group] += line.margin(margin) - before
            if not first:
                values += np.outer(now.margin(margin) - then.margin(margin), shares)
    return values / (2 * len(orders))


NUMBERS = st.floats(-3, 3)


@given(st.lists(NUMBERS, min_size=8, max_size=8), st.lists(st.floats(0.2, 3), min_size=4, max_size=4))
def test_parts_are_the_owen_values_of_facts_and_reading(numbers, slopes):
    parts, base = np.array(numbers[:6]).reshape(2, 3), np.array(numbers[6:])
    then, now = (RowLines(np.array(one), np.array([0.3, -0.2])) for one in (slopes[:2], slopes[2:]))
    shares = np.array([0.0, 0.5, 0.5])
    read = read_parts(base, parts, then, now, shares)
    np.testing.assert_allclose(read, owen(base, parts, then, now, shares), rtol=0, atol=1e-9)
    end = now.margin(base + parts.sum(axis=1))
    np.testing.assert_allclose(then.margin(base) + read.sum(axis=1), end, rtol=0, atol=1e-9)


def test_what_is_read_as_it_is_stays():
    base, parts = np.array([0.4]), np.array([[1.0, -2.0]])
    assert read_parts(base, parts, unread(1), unread(1), np.array([1.0, 0.0])).tolist() == parts.tolist()


def test_features_of_two_groups_share_the_reading():
    assert holders(["household_size", "is_elderly_only"], [1, 0], 2).tolist() == [0.5, 0.5]


def test_a_model_that_does_not_know_the_class_is_read_as_it_is(classed):
    """Two of its features are missing from the model: its margins have no class."""
    frame, label = invented()
    model = RiskModel(members=1, rounds=5, min_data_in_leaf=20).fit(frame, label).classed(LINES)
    assert model.row_lines(frame) is None
    np.testing.assert_array_equal(model.raw_margin(frame), model.classed(ClassLines()).raw_margin(frame))
    assert model.row_lines(frame.to_numpy() if not isinstance(frame, pd.DataFrame) else frame) is None
