"""A workspace with the tables of a finished run, small enough to know every figure."""

import polars as pl

from models.evaluation.board import SCHEMA
from pipelines.workspace.workspace import Workspace
from register.atomic import write_json, write_text
from watchlists.visits.cover_series import SCHEMA as SCHEMA_OF_COVER

AUC = {"model": "risk_model", "metric": "auc", "value": 0.8, "low": 0.75, "high": 0.85}
ROWS = [
    AUC,
    {**AUC, "value": 0.7, "origin": "2024Q1"},
    {**AUC, "value": 0.6, "subgroup": "return"},
    {**AUC, "value": 0.05, "low": 0.01, "high": 0.09, "compared_with": "logistic"},
    {**AUC, "value": 0.3, "metric": "precision", "list": "capacity"},
    {**AUC, "value": 0.2, "metric": "precision", "list": "capacity", "ties": "worst"},
    {**AUC, "value": 0.1, "model": "rules", "low": None, "high": None},
]
USUAL = {"origin": "pooled", "subgroup": "all", "ties": "mean", "n": 111, "n_positive": 33}
JUDGED = {"policy": "list", "found": 20, "n_known": 80, "fell": 90, "visits": 80}
SHARES = {"precision": 0.25, "precision_low": 0.2, "precision_high": 0.3, "recall": 0.2, "more_found": 0.0}


def finished(folder, kind="simulator", season="2025Q4"):
    """Leave what figures are read from."""
    workspace = Workspace(folder)
    _tables(workspace)
    name = f"{season}-ab12"
    write_json(
        workspace.release, {"season": season, "path": f"releases/.store/{name}", "manifest_sha256": "cd"}
    )
    manifest = {
        "season": season,
        "trained_run": name,
        "code_commit": "0123456789abcdef",
        "parameters": {"source": {"kind": kind}},
    }
    write_json(folder / f"releases/.store/{name}/manifest.json", manifest)
    write_json(workspace.runs / name / "record.json", {"recorded_at": "2026-11-30T07:43:17+00:00"})
    return workspace


def _tables(workspace):
    board = pl.DataFrame([{**USUAL, **row} for row in ROWS], schema=SCHEMA)
    write_text(workspace.tables / "leaderboard.csv", board.write_csv())
    help_begun = pl.DataFrame([{"help": "begun", "n": 571, "bias": -0.1, "bias_low": -0.2, "bias_high": 0.0}])
    write_text(workspace.tables / "by_help.csv", help_begun.write_csv())
    without = pl.DataFrame([{"metric": "auc", "value": 0.8, "value_without": 0.81, "value_weighted": None}])
    write_text(workspace.tables / "without_begun_help.csv", without.write_csv())
    made = {"county_id": "C1", "policy": "list", "multiple": 1.0, "visits": 80, "expected": 16.0}
    counts = pl.DataFrame([{**made, "season": "2024Q1"}, {**made, "season": "2024Q1", "county_id": "C2"}])
    write_text(workspace.watchlist / "found.csv", counts.write_csv())
    policies = pl.DataFrame([{"season": one, **JUDGED, **SHARES} for one in ("2024Q1", "pooled")])
    write_text(workspace.watchlist / "policies.csv", policies.write_csv())
    write_text(workspace.watchlist / "cover.csv", pl.DataFrame(schema=SCHEMA_OF_COVER).write_csv())
    write_text(
        workspace.watchlist / "missed.csv", pl.DataFrame([{"season": "2024Q1", "value": "x"}]).write_csv()
    )
