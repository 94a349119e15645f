"""The page of the survey names its run and holds each figure beside the reference."""

import polars as pl
import pytest

from models.evaluation.board import SCHEMA
from pipelines.workspace.workspace import Workspace
from register.atomic import write_json, write_text
from register.errors import SeasonError
from studies.eph.page import SEASONS, TASKS, page

ROW = {"model": "risk_model", "metric": "auc", "ties": "mean", "value": 0.8, "low": 0.75, "high": 0.85}


def judged(folder, seasons=SEASONS):
    """Leave the tables of a run that judged seasons of the survey."""
    workspace = Workspace(folder)
    rows = [
        {**ROW, "origin": season, "subgroup": task, "n": 983, "n_positive": 441, "compared_with": other}
        for season in (*seasons, "pooled")
        for task in TASKS
        for other in (None, "logistic")
    ]
    write_text(workspace.tables / "leaderboard.csv", pl.DataFrame(rows, schema=SCHEMA).write_csv())
    facts = {"kind": "blend", "mean_regret": {"blend": 0.0005}, "labels_that_hold": 1.0}
    for season in seasons:
        write_json(workspace.origins / season / "model.json", {"facts": facts})
    return workspace


def test_the_page_names_its_run_and_holds_every_task_and_season(tmp_path):
    text = page(judged(tmp_path), "2026-11-30, commit 01234567")
    assert "from the run of 2026-11-30, commit 01234567;" in text
    assert text.count("983 household-seasons, 441 poor") == len(TASKS) * (len(SEASONS) + 1)
    assert text.count("| risk_model | 0.800 [0.750, 0.850] |") == len(TASKS) * (len(SEASONS) + 1)
    assert text.count("| less logistic | +0.800 [+0.750, +0.850] |") == len(TASKS)
    assert "| 2020Q3 | blend | blend 0.00050 | 1.000 |" in text


def test_a_run_of_other_seasons_is_refused(tmp_path):
    with pytest.raises(
        SeasonError, match=r"found seasons \['2020Q1'\], wanted .*; run the EPH season 2020Q3"
    ):
        page(judged(tmp_path, SEASONS[:1]), "")
