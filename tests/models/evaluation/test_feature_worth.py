import numpy as np
import polars as pl
import pytest

from models.evaluation.feature_worth import ablated, permuted_worth, summary
from models.risk.model import RiskModel
from models.risk.training_set import TrainingSet
from tests.models.numbers import NAMES, invented

TREES = {"members": 1, "rounds": 30, "min_data_in_leaf": 20}
EACH = [[name] for name in NAMES]


def rows(n, seed):
    frame, label = invented(n, seed)
    return TrainingSet(frame, label, np.ones(n), np.full(n, np.datetime64("2024-01-01")))


@pytest.fixture(scope="module")
def past():
    return rows(1600, 1)


@pytest.fixture(scope="module")
def tried():
    return rows(1600, 2)


@pytest.fixture(scope="module")
def model(past):
    return RiskModel(**TREES).fit(past.frame, past.label, past.weight)


def test_what_the_outcome_rests_on_is_worth_most_and_noise_nothing(model, tried):
    found = summary(permuted_worth(model, tried, EACH, 3, 1))
    assert found["family"].to_list()[:2] == ["income", "illness"]
    assert found["ap_loss"][0] > 0.1
    assert found.filter(pl.col("family") == "noise")["ap_loss"].item() < 0.02


def test_a_feature_no_tree_uses_is_worth_exactly_nothing(past, tried):
    flat = TrainingSet(past.frame.assign(noise=1.0), past.label, past.weight, past.known_on)
    blind = RiskModel(**TREES).fit(flat.frame, flat.label, flat.weight)
    found = permuted_worth(blind, tried, EACH, 1, 1).filter(pl.col("family") == "noise").row(0, named=True)
    assert found == {"family": "noise", "is_used": False, "auc_loss": 0.0, "ap_loss": 0.0}
    named = summary(permuted_worth(blind, tried, EACH, 1, 1)).filter("is_worth_nothing")
    assert "noise" in named["family"].to_list()


def test_twins_drawn_together_are_worth_what_either_hides(past, tried):
    """Debt repeats income: alone each seems to be worth less than the two."""
    twins, there = (
        TrainingSet(one.frame.assign(debt=one.frame["income"] * 2), one.label, one.weight, one.known_on)
        for one in (past, tried)
    )
    model = RiskModel(**TREES, feature_fraction=0.5).fit(twins.frame, twins.label, twins.weight)
    families = [["income", "debt"], ["illness"], ["noise"]]
    together = permuted_worth(model, there, families, 2, 1)["ap_loss"][0]
    alone = permuted_worth(model, there, EACH, 2, 1)["ap_loss"]
    assert together > max(alone[0], alone[2])


def test_draws_are_the_same_every_time(model, tried):
    assert permuted_worth(model, tried, EACH, 1, 1).equals(permuted_worth(model, tried, EACH, 1, 1))


def test_without_income_the_ranking_loses_most(past, tried):
    groups = {"income": ["income"], "illness": ["illness"], "other": ["debt", "noise"], "water": []}
    found = ablated(past, tried, groups, {"income": -1}, TREES)
    assert found["left_out"].to_list() == ["-", *groups]
    lost = dict(zip(found["left_out"], found["ap_loss"], strict=True))
    assert lost["income"] == max(lost.values()) > 0.1
    assert lost["-"] == lost["water"] == 0
