"""The figures that runs are compared by: the model's own in both readings, and some of the others'."""

import pytest

from models.evaluation.declaration import metrics_of
from models.evaluation.leaderboard import leaderboard
from models.resampling import Bootstrap
from pipelines.stages.evaluate import headline
from tests.models.judged_rows import judged


@pytest.fixture(scope="module")
def metrics():
    return headline(leaderboard(judged(), Bootstrap(20, 1)))


def test_every_figure_of_a_risk_stands_for_the_rise_assumed_and_for_that_which_came(metrics):
    for one in metrics_of("risk"):
        assert {
            one.name,
            f"{one.name}_return",
            f"{one.name}_came",
            f"{one.name}_return_came",
        } <= metrics.keys()
    rows = judged()
    for tail, score in (("", "risk_model"), ("_came", "risk_came")):
        relative = rows[score].mean() / rows["label"].mean() - 1
        assert metrics[f"relative_bias{tail}"] == pytest.approx(relative, abs=1e-6)


def test_of_other_models_only_what_they_are_told_apart_by_is_kept(metrics):
    assert {"auc_logistic", "auc_return_logistic", "auc_over_income"} <= metrics.keys()
    assert "brier_skill_base_rate" not in metrics
    assert (metrics["n"], metrics["n_positive"]) == (300, judged()["label"].sum())
