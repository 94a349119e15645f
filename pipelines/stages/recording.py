"""A training and its evaluation are kept as a run, whatever tracking server there is or is not."""

import shutil
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from models.keys import KEYS
from models.registry.champion import task_of
from models.registry.run_store import BY_SEASON, FIGURES, GROUPS, SCORES, Run
from models.registry.run_store import CANARIES as CANARY_FILE
from models.registry.run_store import MODEL as MODEL_OF_RUN
from pipelines.workspace.champion import store_of
from pipelines.workspace.earlier_keys import NOTED, noted_key
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.training_outputs import PLACES, origin_scores, training_facts
from pipelines.workspace.workspace import Workspace, code_commit
from register.atomic import read_parquet, sha256, write_parquet
from register.seasons import season_end
from register.store import Register


def record_run(workspace: Workspace, params: Parameters) -> Run:
    """Keep the training and the evaluation that lie in artifacts/; the same again changes nothing."""
    record = _training(workspace, params) | {
        "task": task_of(params.source.kind, params.cohort, params.label),
        "register_sha256": Register(workspace.register).digest,
        "lock_sha256": sha256(workspace.lock_file),
        "code_commit": code_commit(),
        NOTED: noted_key(workspace),
    }
    return store_of(workspace, params).add(params.season, partial(_write, workspace), record, now())


def now() -> str:
    """Give the time of a decision or a record, to the second, with its zone."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _write(workspace: Workspace, folder: Path) -> None:
    """Copy what a promotion is judged by and a champion delivers with."""
    shutil.copytree(workspace.final, folder / MODEL_OF_RUN)
    shutil.copyfile(workspace.canaries, folder / CANARY_FILE)
    shutil.copyfile(workspace.evaluation / FIGURES, folder / FIGURES)
    for name in (GROUPS, BY_SEASON):
        if (workspace.tables / name).is_file():
            shutil.copyfile(workspace.tables / name, folder / name)
    write_parquet(folder / SCORES, _judged_scores(workspace))


def _judged_scores(workspace: Workspace) -> pl.DataFrame:
    """Give every household of the judged seasons: where it lives, its risk out of time, what happened."""
    cohort = read_parquet(workspace.cohort).select(*KEYS, *PLACES, "label")
    scored = (rows.select(*KEYS, risk="risk_model") for rows in origin_scores(workspace).values())
    return pl.concat(scored).join(cohort, on=KEYS, how="left").sort(KEYS)


def _training(workspace: Workspace, params: Parameters) -> dict[str, Any]:
    """Say which dates the model learned from, their outcomes known by then, and where it was judged."""
    known = read_parquet(workspace.cohort).drop_nulls("label")
    closed = known.filter(pl.col("label_known_on") <= season_end(params.season))["as_of_date"].unique().sort()
    return {
        "n_dates": len(closed),
        "first_date": closed[0].isoformat() if len(closed) else None,
        "last_date": closed[-1].isoformat() if len(closed) else None,
        "origins": training_facts(workspace)["origins"],
    }
