"""The evaluation as the report and the model card may publish it: small cells out, counts rounded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from models.evaluation.board import CAME, SCHEMA
from models.evaluation.declaration import TIES
from models.evaluation.disclosure import SMALL, rounded
from models.evaluation.publishable import publishable, publishable_bins, publishable_shares
from models.evaluation.untrained_baselines import RULES
from models.evaluation.views import At
from models.names import POOLED
from register.errors import StoreError
from watchlists.label_wording import LabelWording, wording_of
from watchlists.report.figure_words import MODELS


@dataclass(frozen=True)
class PublishedEvaluation:
    """What evaluate wrote: headline figures and tables by name, and what the outcome is called."""

    metrics: Mapping[str, Any]
    tables: Mapping[str, pl.DataFrame]
    wording: LabelWording

    @property
    def board(self) -> pl.DataFrame:
        """The leaderboard."""
        return self.tables["leaderboard"]

    @property
    def models(self) -> list[str]:
        """Models and baselines judged: the known ones in their order, then the others.

        No second reading, and no rule that speaks of nobody, as where a survey asks nothing of
        what it reads: that is a list by lot.
        """
        is_model = pl.col("compared_with").is_null() & (pl.col("model") != CAME)
        named = self.board.filter(is_model)["model"].unique().sort().to_list()
        names = [name for name in named if name not in RULES or not self._is_by_lot(name)]
        return sorted(names, key=lambda name: list(MODELS).index(name) if name in MODELS else len(MODELS))

    def _is_by_lot(self, model: str) -> bool:
        row = self.row(At("auc"), model)
        return (row["value"], row["low"], row["high"]) == (0.5, 0.5, 0.5)

    @property
    def origins(self) -> list[str]:
        """Seasons judged, ascending."""
        return [one for one in self.board["origin"].unique().sort().to_list() if one != POOLED]

    def row(
        self,
        figure: At,
        model: str,
        subgroup: str = "all",
        origin: str = POOLED,
        *,
        ties: str = TIES[0],
        compared_with: str | None = None,
    ) -> dict[str, Any]:
        """Look up one figure; without a value where it was not measured."""
        rows = self.board.filter(
            pl.col("list").eq_missing(pl.lit(figure.on)),
            pl.col("compared_with").eq_missing(pl.lit(compared_with)),
            origin=origin,
            subgroup=subgroup,
            model=model,
            metric=figure.metric,
            ties=ties,
        ).to_dicts()
        return rows[0] if rows else dict.fromkeys(SCHEMA)

    def counts(self, subgroup: str = "all", origin: str = POOLED) -> tuple[int, int] | None:
        """Give households judged and how many fell; None where nobody was judged."""
        rows = self.board.filter(origin=origin, subgroup=subgroup).select("n", "n_positive").head(1).rows()
        return rows[0] if rows else None


def read_published_evaluation(folder: Path, label: Mapping[str, Any]) -> PublishedEvaluation:
    """Read the evaluation's ``metrics.json`` and every CSV table in the folder.

    The leaderboard, the bins of risk and the lists of all shares come without the figures a small
    count could be told from. `label` is the section of params.yaml the run was made with.

    Raises
    ------
    StoreError
        When the leaderboard is missing or lacks a column.
    """
    tables = {path.stem: _read_table(path) for path in sorted(folder.rglob("*.csv"))}
    columns = tables["leaderboard"].columns if "leaderboard" in tables else []
    lacking = [name for name in SCHEMA if name not in columns]
    if lacking:
        raise StoreError(
            f"{folder}: leaderboard.csv is missing or lacks {lacking}; run evaluate again (huitou run)"
        )
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    board = tables["leaderboard"]
    published = {"leaderboard": publishable(board)}
    if "precision_at_share" in tables:
        published["precision_at_share"] = publishable_shares(tables["precision_at_share"], board)
    if "reliability" in tables:
        published["reliability"] = publishable_bins(tables["reliability"])
    return PublishedEvaluation(metrics, tables | published, wording_of(label))


def _read_table(path: Path) -> pl.DataFrame:
    """Read a table; a figure that is missing everywhere is a figure still."""
    names = ("compared_with", "list")
    table = pl.read_csv(path, infer_schema_length=None, schema_overrides=dict.fromkeys(names, pl.String()))
    missing = [one.name for one in table if one.null_count() == len(table) and one.name not in names]
    return table.with_columns(pl.col(missing).cast(pl.Float64))


def count(number: float | None) -> str:
    """Write a count as it may be published.

    Examples
    --------
    >>> count(983), count(4), count(None)
    ('985', '≤7', '≤7')
    """
    return f"≤{SMALL}" if number is None or number <= SMALL else f"{rounded(number):,}"


def figure(row: Mapping[str, Any], digits: int = 3) -> str:
    """Write a figure.

    Examples
    --------
    >>> figure({"value": 0.78123})
    '0.781'
    """
    return "–" if row["value"] is None else _written(row["value"], digits)


def bounds(row: Mapping[str, Any], digits: int = 3) -> str:
    """Write its 95 % interval, empty where none was drawn."""
    if row["value"] is None or row["low"] is None or row["high"] is None:
        return ""
    return f"[{_written(row['low'], digits)}, {_written(row['high'], digits)}]"


def _written(value: float, digits: int) -> str:
    """Write a number with the minus of print, and no minus before a zero."""
    return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")


def interval(row: Mapping[str, Any], digits: int = 3) -> str:
    """Write a figure with its interval."""
    return f"{figure(row, digits)} {bounds(row, digits)}".rstrip()


def signed_percent(share: float) -> str:
    """Write a share in percent with its sign.

    Examples
    --------
    >>> signed_percent(0.167), signed_percent(-0.042), signed_percent(-0.0001)
    ('+16.7%', '−4.2%', '+0.0%')
    """
    return f"{round(100 * share, 1) + 0.0:+.1f}%".replace("-", "−")


def percent(row: Mapping[str, Any]) -> str:
    """Write a share in percent with its interval.

    Examples
    --------
    >>> percent({"value": 0.3, "low": 0.25, "high": 0.351})
    '30.0% [25.0, 35.1]'
    """
    times = {name: None if row[name] is None else 100 * row[name] for name in ("value", "low", "high")}
    return "–" if times["value"] is None else f"{figure(times, 1)}% {bounds(times, 1)}".rstrip()
