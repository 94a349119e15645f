"""What lists where no champion does: the season's own model, or a published order, and why."""

import pytest

from pipelines.workspace.listing import order_instead
from pipelines.workspace.workspace import Workspace
from register.atomic import write_json
from tests.parameters import parameters

OUTLOOK = {"first": "2025-12-31", "judged_from": "2028-06-30", "trained_from": "2027-03-31"}


@pytest.fixture
def instead(tmp_path):
    def asked(kind="auto", origins=("2024Q1",), outlook=OUTLOOK, **metrics):
        workspace = Workspace(tmp_path)
        facts = {"origins": list(origins), "most_positives": 3, "outlook": outlook}
        write_json(workspace.training, facts)
        more = metrics.get("auc_over_income")
        write_json(workspace.evaluation / "metrics.json", metrics)
        write_json(workspace.worth, {"beats_income": None if more is None else more > 0})
        return order_instead(workspace, parameters({"model.kind": kind}))

    return asked


@pytest.mark.parametrize("kind", ["rules", "income"])
def test_an_order_asked_for_by_name_lists(instead, kind):
    assert instead(kind, auc_over_income=0.1) == (kind, (f"model.kind设为{kind}", f"model.kind is {kind}"))


def test_until_a_season_can_be_judged_rules_list_and_say_from_when_on_it_will_be(instead):
    order, (zh, en) = instead(origins=())
    assert order == "rules"
    assert zh.endswith("历史从2025-12-31起，最早2027-03-31可训练、2028-06-30可评判")
    assert "a model can be trained from 2027-03-31 on and judged from 2028-06-30 on" in en
    assert "(50 households known to have fallen are needed, there are 3), or lower evaluate" in en


def test_without_a_cohort_nothing_is_said_of_when(instead):
    _, (_, en) = instead(origins=(), outlook={})
    assert "can be trained" not in en


def test_a_model_that_ranks_no_better_than_income_does_not_list(instead):
    figures = {"auc_over_income_low": -0.05, "auc_over_income_high": 0.03}
    order, (_, en) = instead(auc_over_income=-0.01, **figures)
    assert order == "income"
    assert en == "the trained model ranks no better than income alone (AUC -0.010 [-0.050, +0.030])"
    assert instead("trained", auc_over_income=-0.01, **figures) is None


@pytest.mark.parametrize("metrics", [{"auc_over_income": 0.02}, {"auc_over_income": None}, {}])
def test_a_model_that_is_not_shown_to_be_worse_lists(instead, metrics):
    assert instead(**metrics) is None
