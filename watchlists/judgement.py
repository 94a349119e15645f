"""The evaluation as the report and the model card read it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from register.errors import StoreError

LEADERBOARD = (
    "origin",
    "subgroup",
    "model",
    "metric",
    "value",
    "low",
    "high",
    "n",
    "n_positive",
)
#: Figures shown first, with what a reader calls them.
METRICS = {
    "auc": ("排序能力 AUC", "AUC"),
    "ap": ("平均精度 AP", "average precision"),
    "precision_at_10": ("前10%命中率", "precision at 10 %"),
    "recall_at_10": ("前10%召回率", "recall at 10 %"),
    "brier_skill": ("Brier 技巧分", "Brier skill"),
    "bias": ("预测偏差", "bias"),
    "slope": ("校准斜率", "slope"),
}
MODELS = {
    "risk_model": ("本模型", "risk model"),
    "logistic": ("逻辑回归", "logistic regression"),
    "income_over_line": ("收入与线之比", "income over the line"),
    "base_rate": ("基准率", "base rate"),
}
SUBGROUPS = {"all": ("全部", "all"), "return": ("曾贫困（返贫）", "poor before (return)")}


@dataclass(frozen=True)
class Judgement:
    """What evaluate wrote: headline figures and tables by name."""

    metrics: Mapping[str, Any]
    tables: Mapping[str, pl.DataFrame]

    @property
    def board(self) -> pl.DataFrame:
        """The leaderboard."""
        return self.tables["leaderboard"]

    def pooled(self, metric: str, subgroup: str) -> list[dict[str, Any]]:
        """Rows of one metric over all origins, best known models first."""
        rows = self.board.filter(
            pl.col("origin") == "pooled", pl.col("subgroup") == subgroup, pl.col("metric") == metric
        ).to_dicts()
        order = {name: place for place, name in enumerate(MODELS)}
        return sorted(rows, key=lambda row: (order.get(row["model"], len(order)), row["model"]))


def read_judgement(folder: Path) -> Judgement:
    """Read the evaluation's ``metrics.json`` and every CSV table in the folder.

    Raises
    ------
    StoreError
        When the leaderboard is missing or lacks a column.
    """
    tables = {
        path.stem: pl.read_csv(path, infer_schema_length=None) for path in sorted(folder.rglob("*.csv"))
    }
    columns = tables["leaderboard"].columns if "leaderboard" in tables else []
    lacking = [name for name in LEADERBOARD if name not in columns]
    if lacking:
        raise StoreError(
            f"{folder}: leaderboard.csv is missing or lacks {lacking}; run evaluate again (huitou run)"
        )
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    return Judgement(metrics, tables)


def figure(row: Mapping[str, Any]) -> str:
    """Write a figure with three digits.

    Examples
    --------
    >>> figure({"value": 0.78123})
    '0.781'
    """
    return "–" if row["value"] is None else f"{row['value']:.3f}".replace("-", "−")


def bounds(row: Mapping[str, Any]) -> str:
    """Write its 95 % interval, empty where none was drawn."""
    if row["value"] is None or row["low"] is None or row["high"] is None:
        return ""
    return f"[{row['low']:.3f}, {row['high']:.3f}]".replace("-", "−")


def interval(row: Mapping[str, Any]) -> str:
    """Write a figure with its interval."""
    return f"{figure(row)} {bounds(row)}".rstrip()
