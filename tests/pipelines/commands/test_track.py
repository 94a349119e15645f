"""MLflow shows a training and what it was worth, once each, and nobody waits for it."""

import sys

import pytest

from models.risk.storage import MANIFEST
from pipelines.commands.track import digests, track_run
from pipelines.workspace import tracking
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.atomic import sha256, write_json, write_text
from tests.pipelines.trained import trained

pytestmark = pytest.mark.filterwarnings("ignore")  # MLflow's own dependencies warn of each other

#: The model's AUC and precision in two seasons; a difference and another model's are no figures of its own.
BOARD = """origin,subgroup,model,metric,list,ties,compared_with,value
pooled,all,risk_model,auc,,mean,,0.8
2024Q1,all,risk_model,auc,,mean,,0.7
2024Q1,all,risk_model,auc,,mean,income_over_line,0.1
2024Q1,all,logistic,auc,,mean,,0.6
2024Q2,all,risk_model,auc,,mean,,0.9
2024Q2,all,risk_model,precision,10,mean,,0.25
2024Q2,all,risk_model,precision,10,worst,,0.2
2024Q2,return,risk_model,auc,,mean,,
"""


@pytest.fixture
def judged(office, monkeypatch):
    """A small training and its evaluation, as the stages leave them."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "")
    trained()
    said = {"is_used": False, "why": "too few", "steps": {"firm": {"n": 3}}}
    final = {"n_rows": 200, "base_rate": 0.5, "season": "2025Q4"}
    write_json(HERE.training, {"origins": ["2024Q1", "2024Q2"], "final": final, "cause_forecast": said})
    write_text(HERE.tables / "leaderboard.csv", BOARD)
    return load_params()


def shown():
    """Give the runs MLflow knows, and the history of a metric."""
    import mlflow

    runs = mlflow.search_runs(experiment_names=[tracking.EXPERIMENT], output_format="list")
    return runs, mlflow.MlflowClient()


def test_the_training_its_figures_and_those_by_season_stand_in_one_run(judged):
    track_run(HERE, judged)
    (run,), client = shown()
    assert run.data.tags["digest.model"] == sha256(HERE.final / MANIFEST) == digests(HERE)["model"]
    assert run.data.params["season"] == "2025Q4"
    wanted = {"auc": 0.8, "n_rows": 200, "cause_forecast_firm_n": 3, "season_precision_at_10_all": 0.25}
    assert {name: run.data.metrics[name] for name in wanted} == wanted
    assert "season_auc_return" not in run.data.metrics
    assert [one.value for one in client.get_metric_history(run.info.run_id, "season_auc_all")] == [0.7, 0.9]
    assert client.get_model_version_by_alias(tracking.MODEL_NAME, "challenger").run_id == run.info.run_id


def test_what_is_shown_is_not_shown_again_and_a_new_evaluation_joins_its_training(judged):
    for auc in (0.8, 0.8, 0.6):
        write_json(HERE.evaluation / "metrics.json", {"auc": auc, "auc_over_income": None})
        track_run(HERE, judged)
    (run,), client = shown()
    assert [one.value for one in client.get_metric_history(run.info.run_id, "auc")] == [0.8, 0.6]


def test_without_mlflow_one_line_says_so_and_the_next_run_does_not_ask_again(judged, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "mlflow", None)
    track_run(HERE, judged)
    assert capsys.readouterr().err == (
        "warning: not tracked: MLflow: ModuleNotFoundError; nothing waits for it\n"
    )
    track_run(HERE, judged)
    assert capsys.readouterr().err == ""


def test_where_no_model_is_judged_there_is_nothing_to_show(judged):
    write_json(HERE.training, {"origins": [], "final": {}, "cause_forecast": {}})
    track_run(HERE, judged)
    assert not HERE.tracking.exists()
