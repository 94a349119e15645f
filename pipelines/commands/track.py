"""A training and its evaluation are shown in MLflow, once the list is out: no stage waits for it."""

import json
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import polars as pl

from models.evaluation.board import MODEL as RISK_MODEL
from models.evaluation.views import named_figures
from models.names import POOLED
from models.registry.run_store import FIGURES
from models.risk.storage import MANIFEST
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.tracking import log_evaluation, log_training, track
from pipelines.workspace.training_outputs import training_facts
from pipelines.workspace.workspace import Workspace
from register.atomic import sha256, write_json
from register.store import Register

#: In MLflow's folder: the training and evaluation it was last asked to show.
LAST = "last.json"


def track_run(workspace: Workspace, params: Parameters) -> None:
    """Show in MLflow what lies in artifacts/, unless it was the last that was asked for.

    Asked once, whether MLflow answers or not: the next run waits for no server that is away.

    Parameters
    ----------
    workspace : Workspace
        Judged to the end (stage evaluate).
    params : Parameters
        Those of its run.
    """
    if not training_facts(workspace)["origins"]:
        return
    note = workspace.tracking / LAST
    made = {"model": sha256(workspace.final / MANIFEST), "metrics": sha256(workspace.evaluation / FIGURES)}
    if note.is_file() and json.loads(note.read_bytes()) == made:
        return

    def record(mlflow: ModuleType) -> None:
        """Add the training, unless it is there, and what it was worth."""
        log_training(params.written(), digests(workspace), workspace.final, _numbers(workspace))(mlflow)
        known = json.loads((workspace.evaluation / FIGURES).read_bytes())
        known = {name: value for name, value in known.items() if value is not None}
        log_evaluation(made["model"], known, by_season(workspace), workspace.evaluation)(mlflow)

    track(record, workspace.tracking)
    write_json(note, made)


def digests(workspace: Workspace) -> dict[str, str]:
    """Name by hash what a training was made from and what it made."""
    return {
        "model": sha256(workspace.final / MANIFEST),
        "register": Register(workspace.register).digest,
        **{f"features.{path.stem}": sha256(path) for path in sorted(workspace.features.glob("*.parquet"))},
        "lock": sha256(workspace.lock_file),
    }


def by_season(workspace: Workspace) -> dict[str, dict[str, float]]:
    """Pick each judged season's figures of the model, for curves."""
    board = pl.read_csv(
        workspace.tables / "leaderboard.csv", infer_schema_length=None, schema_overrides={"list": pl.String}
    )
    rows = board.filter(pl.col("origin") != POOLED, model=RISK_MODEL).drop_nulls("value")
    figures: dict[str, dict[str, float]] = {}
    for row in named_figures(rows):
        figures.setdefault(row["origin"], {})[f"{row['name']}_{row['subgroup']}"] = row["value"]
    return figures


def figures_of(verdict: Mapping[str, Any]) -> dict[str, float]:
    """Give the numbers of a verdict under flat names; what is missing is left out.

    Examples
    --------
    >>> figures_of({"is_used": True, "why": "", "low": None, "steps": {"firm": {"n": 3, "right": 0.9}}})
    {'cause_forecast_is_used': 1.0, 'cause_forecast_firm_n': 3.0, 'cause_forecast_firm_right': 0.9}
    """
    steps = verdict.get("steps", {}).items()
    flat = {**verdict, **{f"{step}_{name}": one for step, row in steps for name, one in row.items()}}
    return {
        f"cause_forecast_{name}": float(one) for name, one in flat.items() if isinstance(one, int | float)
    }


def _numbers(workspace: Workspace) -> dict[str, float]:
    """Give the numbers of what train said of the season's model and of its forecast of causes."""
    facts = training_facts(workspace)
    numbers = {name: value for name, value in facts["final"].items() if isinstance(value, int | float)}
    return numbers | figures_of(facts["cause_forecast"])
