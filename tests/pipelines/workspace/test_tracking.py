"""MLflow keeps every training, and never stands in the way."""

import logging
import sqlite3
import sys
from contextlib import closing, contextmanager

import lightgbm
import numpy as np
import pytest
from filelock import FileLock

from pipelines.workspace import tracking, tracking_store


@pytest.fixture(autouse=True)
def no_server(monkeypatch):
    """MLflow keeps the address it was last told in the environment."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "")


@pytest.fixture
def model_folder(tmp_path):
    generator = np.random.default_rng(7)
    values = generator.random((200, 2))
    dataset = lightgbm.Dataset(values, values[:, 0] > 0.5)
    booster = lightgbm.train({"objective": "binary", "verbosity": -1, "num_threads": 1}, dataset, 3)
    folder = tmp_path / "model"
    folder.mkdir()
    booster.save_model(folder / "member_0.txt")
    return folder


@pytest.mark.filterwarnings("ignore")  # MLflow's own dependencies warn of each other
def test_a_training_is_found_with_its_metrics_and_the_alias_challenger(tmp_path, model_folder):
    params = {"season": "2025Q4", "label": {"months": 12}, "simulator": {"seed": 1}}
    digests = {"model": "f" * 64, "register": "0" * 64}
    store = tmp_path / "mlflow"
    assert tracking.track(tracking.log_training(params, digests, model_folder, {"n_rows": 5.0}), store)
    seasons = {"2024Q1": {"auc": 0.7}, "2024Q2": {"auc": 0.8}}
    assert tracking.track(tracking.log_evaluation("f" * 64, {"auc": 0.75}, seasons, model_folder), store)
    import mlflow

    client = mlflow.MlflowClient()
    version = client.get_model_version_by_alias(tracking.MODEL_NAME, "challenger")
    (run,) = mlflow.search_runs(experiment_names=[tracking.EXPERIMENT], output_format="list")
    assert run.info.run_id == version.run_id
    assert run.data.metrics["auc"] == 0.75
    assert {run.data.tags[name] for name in tracking.UNSAID} == {"-"}
    assert run.data.params == {"season": "2025Q4", "label.months": "12"}
    assert [point.value for point in client.get_metric_history(run.info.run_id, "season_auc")] == [0.7, 0.8]


def test_a_broken_store_is_a_warning(tmp_path, model_folder, capsys):
    store = tmp_path / "mlflow"
    store.mkdir()
    (store / "mlflow.db").write_bytes(b"not a database at all, but long enough to be read as one" * 20)
    record = tracking.log_training({"season": "2025Q4"}, {"model": "f" * 64}, model_folder, {})
    assert not tracking.track(record, store)
    assert "warning: not tracked" in capsys.readouterr().err


@contextmanager
def held(database):
    """Hold a store as a database browser does."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@pytest.mark.filterwarnings("ignore")  # MLflow's own dependencies warn of each other
def test_a_store_that_another_program_holds_is_one_line_after_a_wait_that_is_said(
    tmp_path, model_folder, monkeypatch, capfd
):
    """Sixty lines of traceback and SQL stood before it."""
    monkeypatch.setattr(tracking_store, "HELD_SECONDS", 0.1)
    store = tmp_path / "mlflow"
    record = tracking.log_training({"season": "2025Q4"}, {"model": "f" * 64}, model_folder, {})
    assert tracking.track(record, store)
    with held(store / "mlflow.db"):
        assert not tracking.track(record, store)
        assert not tracking.answers(store)
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err == (
        f"warning: not tracked: {store / 'mlflow.db'} is held by another program, waited 0.1 s; "
        "close that program; nothing waits for it\n"
    )
    assert tracking.track(record, store)
    assert tracking.answers(store)


@pytest.mark.filterwarnings("ignore")  # MLflow's own dependencies warn of each other
def test_what_mlflow_its_loggers_and_libraries_say_is_not_heard(tmp_path, capfd):
    def talkative(mlflow):
        logging.getLogger("mlflow.store.db.utils").error("SQLAlchemy database error")
        logging.getLogger("alembic.runtime.migration").warning("Running upgrade")
        sys.stderr.write("Successfully registered model\n")
        sys.stdout.write("View run at\n")
        raise RuntimeError("SQL and values")

    assert not tracking.track(talkative, tmp_path / "mlflow")
    assert capfd.readouterr() == (
        "",
        "warning: not tracked: MLflow: RuntimeError; nothing waits for it\n",
    )


@pytest.mark.filterwarnings("ignore")  # MLflow's own dependencies warn of each other
def test_a_store_taken_in_the_middle_of_a_record_is_told_as_held_and_the_next_record_stands(tmp_path, capfd):
    """MLflow waits for itself, then fails with an exception of its own."""
    store = tmp_path / "mlflow"
    taken = held(store / "mlflow.db")

    def interrupted(_):
        taken.__enter__()
        raise RuntimeError("database is locked")

    assert not tracking.track(interrupted, store)
    assert capfd.readouterr().err == (
        f"warning: not tracked: {store / 'mlflow.db'} is held by another program, waited 0 s; "
        "close that program; nothing waits for it\n"
    )
    taken.__exit__(None, None, None)
    assert tracking.track(lambda _: None, store)


def test_a_store_that_another_command_is_making_is_not_waited_for_for_ever(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(tracking_store, "MAKING_SECONDS", 0.1)
    with FileLock(tmp_path / "mlflow.lock"):
        assert not tracking.track(lambda _: None, tmp_path)
    assert "mlflow.db is held by another program, waited 0.1 s" in capsys.readouterr().err


def test_without_mlflow_a_training_goes_on(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "mlflow", None)
    assert not tracking.track(lambda _: None, tmp_path)
    assert "MLflow: ModuleNotFoundError" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore")  # MLflow's own dependencies warn of each other
def test_aliases_follow_the_runs_that_trained_the_models(tmp_path, model_folder):
    store = tmp_path / "mlflow"
    for digest in ("a" * 64, "b" * 64):
        record = tracking.log_training({"season": "2025Q4"}, {"model": digest}, model_folder, {})
        assert tracking.track(record, store)

    def holders(**digests):
        """Set aliases, and name the model each then leads to."""
        found = {}

        def ask(mlflow):
            client = mlflow.MlflowClient()
            aliases = client.get_registered_model(tracking.MODEL_NAME).aliases
            for alias in aliases:
                version = client.get_model_version_by_alias(tracking.MODEL_NAME, alias)
                found[alias] = client.get_run(version.run_id).data.tags["digest.model"][0]

        assert tracking.track(tracking.alias_models(digests), store)
        assert tracking.track(ask, store)
        return found

    assert holders(champion="a" * 64, challenger="b" * 64) == {"champion": "a", "challenger": "b"}
    assert holders(champion="b" * 64, challenger=None) == {"champion": "b"}
    assert holders(champion=None) == {}
    assert holders(champion="c" * 64) == {}  # trained while MLflow was away


def first_start(folder, gate):
    """Wait for the others, then use the store for the first time; its exit code tells."""
    gate.wait(60)
    sys.exit(not tracking.track(lambda mlflow: mlflow.set_experiment_tag("started", "yes"), folder))


def own_code(ours):
    """Tell by the exit code whether a process works with the code under test."""
    sys.exit(tracking.__file__ != ours)


def test_processes_work_with_the_code_of_this_checkout(processes):
    process = processes.Process(target=own_code, args=(tracking.__file__,))
    process.start()
    process.join()
    assert process.exitcode == 0


def test_four_first_starts_at_once_all_succeed(tmp_path, processes):
    """Left to MLflow, three of four failed (RELIABILITY M11)."""
    gate = processes.Barrier(4)
    started = [processes.Process(target=first_start, args=(tmp_path / "mlflow", gate)) for _ in range(4)]
    for process in started:
        process.start()
    for process in started:
        process.join()
    assert [process.exitcode for process in started] == [0] * 4
    assert sorted(path.name for path in (tmp_path / "mlflow").iterdir()) == ["mlflow.db", "mlflow.lock"]
