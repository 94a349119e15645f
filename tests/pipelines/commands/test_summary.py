"""The last screen of a run says which model lists and whether it is worth its trouble."""

import pytest

from pipelines.commands.summary import figures_to_read
from pipelines.workspace.champion import DeliveringModel
from register.atomic import write_json

LISTED = {"listed": 12, "households": 400, "listed_by_rule": 3, "must_visits_without_place": 0}


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ((0.066, 0.051, 0.080), "是 yes; AUC +0.066 [+0.051, +0.080]"),
        ((-0.02, -0.03, -0.01), "否 NO: rank by income instead; AUC -0.020 [-0.030, -0.010]"),
        ((0.01, -0.02, 0.04), "不能确定 not shown; AUC +0.010 [-0.020, +0.040]"),
        ((None, None, None), "看不出 cannot be told"),
    ],
)
def test_a_model_that_loses_to_income_is_said_to(more, verdict):
    tails = dict(zip(("", "_low", "_high"), more, strict=True))
    metrics = {"n": 400, **{f"auc_over_income{tail}": value for tail, value in tails.items()}}
    (line,) = [one for one in figures_to_read(metrics, LISTED, "fell") if "income alone:" in one]
    assert line == f"好过只看收入 better than income alone: {verdict}"


def test_calibration_is_told_relative_to_what_came_true_for_either_line():
    metrics = {"n": 400, "relative_bias_came": -0.031, "relative_bias": 0.72, "slope_came": 0.97}
    (line,) = [one for one in figures_to_read(metrics, LISTED, "fell") if "calibration" in one]
    assert line == (
        "校准 calibration: mean risk -3.1% off for the line as it came, +72.0% as assumed (aim: 0); "
        "slope 0.970 (aim: 1)"
    )


def test_the_kind_that_lists_is_named_and_an_older_model_names_none(tmp_path):
    own = DeliveringModel(tmp_path, None, "x")
    write_json(tmp_path / "model.json", {"facts": {"kind": "logistic"}})
    assert own.sentence.endswith("x；类型 kind: 逻辑回归 logistic regression")
    write_json(tmp_path / "model.json", {"facts": {}})
    assert own.sentence.endswith("not promoted: x")


def test_the_delivered_list_is_told_first_and_what_its_duties_cost():
    metrics = {"n": 400, "delivered_precision": 0.257, "delivered_precision_low": 0.23}
    metrics |= {"delivered_precision_high": 0.28, "precision_at_capacity": 0.303, "duties_visits": 829}
    metrics |= {"duties_cost": 107.0, "duties_cost_low": 79.0, "duties_cost_high": 138.0}
    lines = figures_to_read(metrics, LISTED, "fell")
    assert lines[1].startswith("名单命中 precision of the list: 25.7% [23.0%, 28.0%]")
    assert "by risk alone 30.3%" in lines[1]
    assert "829 visits of past seasons; as many by risk would find 107 [79, 138] more" in lines[2]
