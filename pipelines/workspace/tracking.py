"""MLflow: every training is a run. Tracking never stands between a model and its list."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from sqlite3 import DatabaseError
from types import ModuleType
from typing import Any

from pipelines.workspace.stage import tell
from pipelines.workspace.tracking_store import made_store, wait_for
from pipelines.workspace.workspace import HERE
from register.errors import StoreError

#: Scheme of the store that needs no server.
LOCAL = "sqlite:///"
MODEL_NAME = "huitou-risk"
EXPERIMENT = "huitou"
#: What MLflow would note of its own accord: who is logged in, and a remote's address that may hold a token.
UNSAID = {"mlflow.user": "-", "mlflow.source.git.repoURL": "-"}
#: What MLflow must never do here: call home, start jobs, open pickles (CVE-2024-37052 and later).
SETTINGS = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
    "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
    "MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false",
    "MLFLOW_ENABLE_ASYNC_LOGGING": "false",
    "GIT_PYTHON_REFRESH": "quiet",
    "MLFLOW_LOGGING_LEVEL": "CRITICAL",
}
#: A server that does not answer must not hold a list up for MLflow's own eight minutes.
PATIENCE = {"MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1", "MLFLOW_HTTP_REQUEST_TIMEOUT": "20"}


def tracking_uri(folder: Path = HERE.tracking) -> str:
    """Give the tracking server's URL, or the absolute URI of the local store.

    ``MLFLOW_TRACKING_URI`` names a server; without it the store is an SQLite file, named
    by its absolute path because MLflow's default depends on the working directory.
    """
    return os.environ.get("MLFLOW_TRACKING_URI") or f"{LOCAL}{(folder / 'mlflow.db').resolve()}"


def track(record: Callable[[ModuleType], None], folder: Path = HERE.tracking) -> bool:
    """Let `record` write to MLflow; when that fails, say so and go on.

    Parameters
    ----------
    record : callable
        Gets the configured ``mlflow`` module inside an active experiment.
    folder : Path
        Where the local store lives.

    Returns
    -------
    bool
        Whether the record was written.
    """
    try:
        with silent_mlflow() as mlflow:
            _prepare(mlflow, folder)
            record(mlflow)
    except Exception as error:  # noqa: BLE001 - a list must be delivered whatever MLflow does
        tell(f"warning: not tracked: {_cause(error, folder)}; nothing waits for it")
        return False
    return True


@contextmanager
def silent_mlflow() -> Iterator[ModuleType]:
    """Give MLflow, set up, and take what it, its loggers and its libraries say: `track` says one line."""
    os.environ.update(PATIENCE | os.environ | SETTINGS)
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        import mlflow

        yield mlflow


def _cause(error: Exception, folder: Path) -> str:
    """Say what went wrong; a store that was taken in the middle of a record MLflow tells by no name."""
    if isinstance(error, StoreError):
        return str(error)
    database = Path(tracking_uri(folder).removeprefix(LOCAL))
    try:
        if database.is_file():
            wait_for(database, 0)
    except StoreError as held:
        return str(held)
    except DatabaseError:
        pass
    return f"MLflow: {type(error).__name__}"


def answers(folder: Path = HERE.tracking) -> bool:
    """Tell whether MLflow can be read, or its local store is yet to be made; nothing is changed."""
    uri = tracking_uri(folder)
    database = Path(uri.removeprefix(LOCAL)) if uri.startswith(LOCAL) else None
    if database and not database.is_file():
        return True
    try:
        with silent_mlflow() as mlflow:
            if database:
                wait_for(database)
            mlflow.MlflowClient(uri).search_experiments(max_results=1)
    except Exception:  # noqa: BLE001 - whatever is wrong with MLflow, it does not answer
        return False
    return True


def log_training(
    recorded: Mapping[str, Any], digests: Mapping[str, str], model_folder: Path, facts: Mapping[str, float]
) -> Callable[[ModuleType], None]:
    """Record one training, once: parameters, data digests, model; register it as challenger."""

    def record(mlflow: ModuleType) -> None:
        if any(run.info.status == "FINISHED" for run in _runs_of(mlflow, digests["model"])):
            return
        with mlflow.start_run(run_name=f"{recorded['season']}-{digests['model'][:8]}", tags=UNSAID):
            mlflow.log_params(_flat(recorded))
            mlflow.set_tags({f"digest.{name}": value for name, value in digests.items()})
            mlflow.log_metrics(dict(facts))
            mlflow.log_artifacts(str(model_folder), "model_files")
            _register(mlflow, model_folder)

    return record


def log_evaluation(
    model_digest: str, metrics: Mapping[str, float], seasons: Mapping[str, Mapping[str, float]], folder: Path
) -> Callable[[ModuleType], None]:
    """Add to the run of `model_digest`: metrics, those per season, plots and tables."""

    def record(mlflow: ModuleType) -> None:
        trained = _runs_of(mlflow, model_digest)
        run_id = trained[0].info.run_id if trained else None
        with mlflow.start_run(run_id=run_id, tags=UNSAID):
            mlflow.log_metrics(dict(metrics))
            for season, values in sorted(seasons.items()):
                step = int(season[:4]) * 4 + int(season[5])
                mlflow.log_metrics({f"season_{name}": value for name, value in values.items()}, step=step)
            mlflow.log_artifacts(str(folder), "evaluation")

    return record


def alias_models(digests: Mapping[str, str | None]) -> Callable[[ModuleType], None]:
    """Let aliases follow the run store: each names the newest version of that model, or nothing."""

    def record(mlflow: ModuleType) -> None:
        client = mlflow.MlflowClient()
        for alias, digest in digests.items():
            runs = _runs_of(mlflow, digest) if digest else []
            versions = [
                one for run in runs for one in client.search_model_versions(f"run_id = '{run.info.run_id}'")
            ]
            if versions:
                client.set_registered_model_alias(MODEL_NAME, alias, versions[0].version)
            else:
                client.delete_registered_model_alias(MODEL_NAME, alias)

    return record


def _runs_of(mlflow: ModuleType, model_digest: str) -> list[Any]:
    """Find the runs that trained a model, the newest first."""
    runs: list[Any] = mlflow.search_runs(
        experiment_names=[EXPERIMENT],
        filter_string=f"tags.`digest.model` = '{model_digest}'",
        output_format="list",
    )
    return runs


def _register(mlflow: ModuleType, model_folder: Path) -> None:
    """Log the first member as LightGBM text (no pickle) and point `challenger` at it."""
    import lightgbm

    booster = lightgbm.Booster(model_file=str(sorted(model_folder.glob("*.txt"))[0]))
    logged = mlflow.lightgbm.log_model(booster, name="member_0", pip_requirements=["lightgbm"])
    version = mlflow.register_model(logged.model_uri, MODEL_NAME)
    mlflow.MlflowClient().set_registered_model_alias(MODEL_NAME, "challenger", version.version)


def _prepare(mlflow: ModuleType, folder: Path) -> None:
    uri = tracking_uri(folder)
    mlflow.set_tracking_uri(uri)
    if uri.startswith(LOCAL):
        with made_store(Path(uri.removeprefix(LOCAL))):
            _prepare_experiment(mlflow, folder)
        _sweep(mlflow)  # one run at a time holds the workspace, so a running one is dead; a server is shared
    else:
        _prepare_experiment(mlflow, folder)
    mlflow.set_experiment(EXPERIMENT)


def _prepare_experiment(mlflow: ModuleType, folder: Path) -> None:
    if mlflow.get_experiment_by_name(EXPERIMENT) is None:
        mlflow.create_experiment(EXPERIMENT, artifact_location=(folder / "runs").resolve().as_uri())


def _sweep(mlflow: ModuleType) -> None:
    """Mark runs as killed whose process died: MLflow would show them running for ever."""
    client = mlflow.MlflowClient()
    experiment = client.get_experiment_by_name(EXPERIMENT)
    if experiment is not None:
        for run in client.search_runs([experiment.experiment_id], "attributes.status = 'RUNNING'"):
            client.set_terminated(run.info.run_id, "KILLED")


def _flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in values.items():
        nested = isinstance(value, Mapping)
        flat |= _flat(value, f"{prefix}{name}.") if nested else {f"{prefix}{name}": value}
    return {name: value for name, value in flat.items() if not name.startswith(("simulator.", "profiles."))}
