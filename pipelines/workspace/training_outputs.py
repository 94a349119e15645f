"""What the train stage left behind: its facts, and the judged seasons' scores."""

import json
from typing import Any

import polars as pl

from pipelines.workspace.workspace import Workspace
from register.atomic import read_parquet

SCORES = "scores.parquet"
#: Where a household of the cohort lives.
PLACES = ("county_id", "township_id", "village_id")


def training_facts(workspace: Workspace) -> dict[str, Any]:
    """Read what train said of itself."""
    facts: dict[str, Any] = json.loads(workspace.training.read_text(encoding="utf-8"))
    return facts


def origin_scores(workspace: Workspace) -> dict[str, pl.DataFrame]:
    """Read the scores of every judged season's cohort, by season, ascending."""
    return {
        season: read_parquet(workspace.origins / season / SCORES)
        for season in training_facts(workspace)["origins"]
    }
