"""How firm a split is."""

import numpy as np
import pytest

from models.attribution.attribute import attribute
from models.attribution.stability import agreement, attribute_by_member, main_support, stability
from models.risk.calibration.calibrate import Calibration
from models.risk.calibration.line import Line
from models.risk.model import RiskModel
from tests.models.numbers import NAMES, invented

GROUPS = {"income": ["income"], "health": ["illness", "debt"], "else": ["noise"]}


@pytest.fixture(scope="module")
def trained():
    frame, label = invented(600)
    model = RiskModel(members=3, rounds=15, min_data_in_leaf=20).fit(frame, label)
    return model.calibrated(Calibration(Line(slope=0.8, intercept=-0.2))), frame, label


def test_the_members_parts_average_to_the_models(trained):
    model, frame, _ = trained
    by_member = attribute_by_member(model, frame, GROUPS)
    assert by_member.shape == (3, len(frame), 3)
    parts = attribute(model, frame, GROUPS)[1].to_numpy()
    np.testing.assert_allclose(by_member.mean(axis=0), parts, rtol=0, atol=1e-9)
    assert len(model.members_) == 3


def test_an_ill_man_whom_two_of_three_members_call_ill_is_supported_by_two_thirds():
    by_member = np.array([[[0.9, 0.1]], [[0.8, 0.2]], [[0.1, 0.4]]])
    assert main_support(by_member.mean(axis=0), by_member) == pytest.approx([2 / 3])


def test_a_member_that_sees_no_cause_at_all_does_not_support_one():
    by_member = np.array([[[0.9, 0.1]], [[-0.1, -0.2]]])
    assert main_support(by_member.mean(axis=0), by_member) == pytest.approx([0.5])


def test_where_no_cause_raises_the_risk_none_is_supported():
    by_member = np.array([[[-0.9, -0.1]], [[-0.1, -0.2]]])
    assert np.isnan(main_support(by_member.mean(axis=0), by_member)).all()


def test_a_split_agrees_with_itself_and_not_with_its_opposite():
    parts = np.array([[0.5, -0.1], [-0.2, 0.3], [-0.1, -0.4]])
    assert agreement(parts, parts) == {"spearman": pytest.approx(1), "same_main_cause": 1}
    assert agreement(parts, -parts)["spearman"] == pytest.approx(-1)
    assert agreement(np.zeros((2, 2)), np.zeros((2, 2))) == {"spearman": None, "same_main_cause": None}


def test_causes_of_other_trainings_are_compared_on_the_same_households(trained):
    model, frame, label = trained
    other = RiskModel(members=1, rounds=15, min_data_in_leaf=20, seed=9).fit(frame, label)
    causes = {name: GROUPS[name] for name in ("income", "health")}
    found = stability(model, {"2024Q1": other, "2024Q2": model}, frame, causes)
    assert [one["compared_with"] for one in found] == ["member 1", "member 2", "member 3", "2024Q1", "2024Q2"]
    assert found[-1]["same_main_cause"] == 1
    assert 0.5 < found[3]["same_main_cause"] <= 1
    assert {name for chosen in GROUPS.values() for name in chosen} == set(NAMES)
