import numpy as np
import pytest

from models.attribution import attribute
from models.calibration import Calibration
from models.risk import RiskModel
from register.errors import ContractError
from tests.models.numbers import NAMES, invented

GROUPS = {"income": ["income", "debt"], "illness": ["illness"], "household": ["noise"], "water": []}


@pytest.fixture(scope="module")
def fitted():
    frame, label = invented()
    model = RiskModel(members=2, rounds=20, min_data_in_leaf=20).fit(frame, label)
    return model.calibrated(Calibration(0.8, -0.3)), frame


def test_base_and_parts_add_up_to_the_margin(fitted):
    model, frame = fitted
    base, parts = attribute(model, frame, GROUPS)
    np.testing.assert_allclose(base + parts.sum(axis=1).to_numpy(), model.margin(frame), rtol=0, atol=1e-9)


def test_a_group_without_features_gets_nothing(fitted):
    _, parts = attribute(*fitted, GROUPS)
    assert (parts["water"] == 0).all()


def test_the_parts_of_single_features_add_up_to_their_groups(fitted):
    _, alone = attribute(*fitted, {name: [name] for name in NAMES})
    _, parts = attribute(*fitted, GROUPS)
    np.testing.assert_allclose(parts["income"], alone["income"] + alone["debt"], rtol=0, atol=1e-12)


def test_blocks_change_nothing(fitted, monkeypatch):
    _, whole = attribute(*fitted, GROUPS)
    monkeypatch.setattr("models.attribution.BLOCK", 100)
    assert attribute(*fitted, GROUPS)[1].equals(whole)


def test_a_feature_in_no_group_is_refused(fitted):
    with pytest.raises(ContractError) as refused:
        attribute(*fitted, {**GROUPS, "household": []})
    assert str(refused.value) == (
        "feature noise: found in 0 explanation groups, it must be in one; declare it once and train again"
    )
