"""What the EPH panel gives, beside the reference figures: docs/evaluation_eph.md. Figures, no data."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from models.evaluation.board import read_board
from models.evaluation.declaration import TIES
from models.evaluation.views import At, every_figure
from models.names import POOLED
from pipelines.workspace.workspace import Workspace
from register.errors import SeasonError

TARGET = Path("docs/evaluation_eph.md")
REFERENCE = Path(__file__).with_name("eph_reference.yaml")
TASKS = {"return": "RETURN (poor at an earlier interview, not now)", "all": "ENTRY (not poor now)"}
SEASONS = ["2020Q1", "2020Q2", "2020Q3"]

HEAD = """# What the EPH panel gives

Written by `make figures` from the run of {run}; do not edit. Real data (Argentina, INDEC;
[how to get them](data_eph.md)); outcome: poor at the next valid interview. Every season is judged by a model
trained on what was known at its end. 95 % bootstrap of households in brackets; precision with ties
drawn by lot. Reference: EVALUATION 4, as kept in `studies/eph/eph_reference.yaml`.
"""


def page(workspace: Workspace, run: str) -> str:
    """Read the tables of a finished run and give the page.

    Parameters
    ----------
    workspace : Workspace
        Where ``huitou run --set source.kind=eph --set source.path=FOLDER --set season=2020Q3`` has ended.
    run : str
        Its day and code, for the page's head.

    Returns
    -------
    str

    Raises
    ------
    SeasonError
        When other seasons were judged in it.
    """
    board = read_board(workspace.tables / "leaderboard.csv")
    seasons = sorted(set(board["origin"]) - {POOLED})
    if seasons != SEASONS:
        raise SeasonError(
            f"{workspace.evaluation}: found seasons {seasons}, wanted {SEASONS}; run the EPH season 2020Q3 "
            "first"
        )
    reference: dict[str, Any] = yaml.safe_load(REFERENCE.read_text(encoding="utf-8"))
    parts = [HEAD.format(run=run), _kinds(workspace), *(_task(board, task, reference) for task in TASKS)]
    return "\n".join(parts)


def _kinds(workspace: Workspace) -> str:
    lines = []
    for season in SEASONS:
        facts = json.loads((workspace.origins / season / "model.json").read_text(encoding="utf-8"))["facts"]
        regrets = ", ".join(f"{kind} {regret:.5f}" for kind, regret in facts["mean_regret"].items())
        lines.append([season, facts["kind"], regrets, f"{facts['labels_that_hold']:.3f}"])
    table = _table(
        ["season", "kind in use", "mean regret (log loss) in past seasons", "labels that hold"], lines
    )
    return f"## The kind of model\n\n{table}\n"


def _task(board: pl.DataFrame, task: str, reference: Mapping[str, Any]) -> str:
    rows = board.filter(pl.col("subgroup") == task)
    parts = [f"## {TASKS[task]}"]
    for origin in (POOLED, *SEASONS):
        here = rows.filter(pl.col("origin") == origin)
        n, fell = here["n"].max(), here.filter(metric="auc")["n_positive"].max()
        where = "The three seasons together" if origin == POOLED else origin
        parts += [
            f"### {where}: {n!r} household-seasons, {fell!r} poor",
            _figures(here, reference["columns"]),
        ]
        if origin == POOLED:
            parts += [f"Reference: {_reference(reference, task)}", _differences(here)]
    return "\n\n".join(parts) + "\n"


def _figures(rows: pl.DataFrame, columns: Sequence[str]) -> str:
    models = _own(rows, At("auc")).sort("value", descending=True, nulls_last=True)["model"]
    lines = [[name, *(_figure(rows, name, column) for column in columns)] for name in models]
    return _table(["", *columns], lines)


def _figure(rows: pl.DataFrame, model: str, metric: str) -> str:
    figures = _own(rows, every_figure()[metric]).filter(model=model).to_dicts()
    if not figures or figures[0]["value"] is None:
        return ""
    row = figures[0]
    around = "" if row["low"] is None else f" [{row['low']:.3f}, {row['high']:.3f}]"
    return f"{row['value']:.3f}{around}"


def _own(rows: pl.DataFrame, one: At) -> pl.DataFrame:
    at = pl.col("list").eq_missing(pl.lit(one.on))
    return rows.filter(pl.col("compared_with").is_null(), at, metric=one.metric, ties=TIES[0])


def _reference(reference: Mapping[str, Any], task: str) -> str:
    return "\n\n" + _table(
        ["", *reference["columns"]], [[name, *values] for name, values in reference[task].items()]
    )


def _differences(rows: pl.DataFrame) -> str:
    paired = rows.filter(pl.col("compared_with").is_not_null(), metric="auc").sort("value")
    lines = [
        [
            f"less {row['compared_with']}",
            f"{row['value']:+.3f} [{row['low']:+.3f}, {row['high']:+.3f}]",
        ]
        for row in paired.to_dicts()
    ]
    return "AUC, paired differences:\n\n" + _table(["", "difference"], lines)


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
