"""The evaluation as the report and the model card may publish it: small cells out, counts rounded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from models.evaluation.disclosure import SMALL, rounded
from register.errors import StoreError
from watchlists.label_wording import Told, told_of
from watchlists.report.figure_words import MODELS

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
BY_LINE = ("origin", "subgroup", "model")
#: Figures of the list at capacity that do not name it.
_AT_CAPACITY = (
    *("exclusion_error", "inclusion_error", "omission_rate", "gap_weighted_exclusion", "lead_months"),
    *("list_overlap", "share_at_capacity"),
)


@dataclass(frozen=True)
class Judgement:
    """What evaluate wrote: headline figures and tables by name, and what the outcome is called."""

    metrics: Mapping[str, Any]
    tables: Mapping[str, pl.DataFrame]
    told: Told

    @property
    def board(self) -> pl.DataFrame:
        """The leaderboard."""
        return self.tables["leaderboard"]

    @property
    def models(self) -> list[str]:
        """Models and baselines judged: the known ones in their order, then the others."""
        found = self.board.filter(~pl.col("model").str.contains("-minus-"))["model"].unique().sort().to_list()
        return sorted(found, key=lambda name: list(MODELS).index(name) if name in MODELS else len(MODELS))

    @property
    def origins(self) -> list[str]:
        """Seasons judged, ascending."""
        return [one for one in self.board["origin"].unique().sort().to_list() if one != "pooled"]

    def row(self, metric: str, model: str, subgroup: str = "all", origin: str = "pooled") -> dict[str, Any]:
        """Look up one figure; without a value where it was not measured."""
        found = self.board.filter(origin=origin, subgroup=subgroup, model=model, metric=metric).to_dicts()
        return found[0] if found else dict.fromkeys(LEADERBOARD)

    def counts(self, subgroup: str = "all", origin: str = "pooled") -> tuple[int, int] | None:
        """Give households judged and how many fell; None where nobody was judged."""
        rows = self.board.filter(origin=origin, subgroup=subgroup).select("n", "n_positive").head(1).rows()
        return rows[0] if rows else None


def read_judgement(folder: Path, label: Mapping[str, Any]) -> Judgement:
    """Read the evaluation's ``metrics.json`` and every CSV table in the folder.

    The leaderboard comes without the figures a small count could be told from. `label` is the
    section of params.yaml the run was made with.

    Raises
    ------
    StoreError
        When the leaderboard is missing or lacks a column.
    """
    tables = {path.stem: _read_table(path) for path in sorted(folder.rglob("*.csv"))}
    columns = tables["leaderboard"].columns if "leaderboard" in tables else []
    lacking = [name for name in LEADERBOARD if name not in columns]
    if lacking:
        raise StoreError(
            f"{folder}: leaderboard.csv is missing or lacks {lacking}; run evaluate again (huitou run)"
        )
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    return Judgement(metrics, tables | {"leaderboard": publishable(tables["leaderboard"])}, told_of(label))


def _read_table(path: Path) -> pl.DataFrame:
    """Read a table; a figure that is missing everywhere is a figure still."""
    table = pl.read_csv(path, infer_schema_length=None)
    missing = [one.name for one in table if one.null_count() == len(table)]
    return table.with_columns(pl.col(missing).cast(pl.Float64))


def publishable(board: pl.DataFrame) -> pl.DataFrame:
    """Take values out of a leaderboard that would tell a count of `SMALL` or fewer.

    Such are all figures where so few fell, or did not, or belong to those who were never
    poor; and all figures of a list with so few hits, misses or false alarms.

    Returns
    -------
    DataFrame
        `board` with ``value, low, high`` missing there.
    """
    metric = pl.col("metric").str.strip_suffix("_difference").str.replace("_(worst|best)$", "")
    at = pl.when(metric.is_in(_AT_CAPACITY)).then(pl.lit("capacity"))
    told = board.with_columns(
        at.otherwise(metric.str.extract("_at_(.+)$")).alias("at"),
        pl.col("model").str.replace("-minus-.*$", "").alias("own"),
        pl.col("model").str.replace("^.*-minus-", "").alias("other"),
    )
    lists = _small_lists(board)
    for side in ("own", "other"):
        renamed = lists.rename({"model": side, "is_small": f"{side}_is_small"})
        told = told.join(renamed, on=["origin", "subgroup", side, "at"], how="left", maintain_order="left")
    of_all = board.filter(subgroup="all").group_by("origin").agg(pl.col("n_positive").first().alias("fell"))
    told = told.join(of_all, on="origin", how="left", maintain_order="left")
    never_poor = pl.col("fell") - pl.col("n_positive")
    small = (
        (pl.col("n_positive") <= SMALL)
        | (pl.col("n") - pl.col("n_positive") <= SMALL)
        | ((pl.col("subgroup") != "all") & never_poor.is_between(1, SMALL)).fill_null(value=False)
        | pl.any_horizontal("own_is_small", "other_is_small").fill_null(value=False)
    )
    return told.with_columns(pl.when(~small).then(pl.col("value", "low", "high"))).select(board.columns)


def _small_lists(board: pl.DataFrame) -> pl.DataFrame:
    """Tell which lists of which models have a small cell."""
    parts = {}
    for name in ("recall", "precision"):
        at = pl.col("metric").str.strip_prefix(f"{name}_at_").alias("at")
        rows = board.filter(pl.col("metric").str.starts_with(f"{name}_at_"))
        parts[name] = rows.select(*BY_LINE, at, "n_positive", pl.col("value").alias(name))
    both = parts["recall"].join(parts["precision"].drop("n_positive"), on=[*BY_LINE, "at"])
    hits = pl.col("recall") * pl.col("n_positive")
    cells = (hits, pl.col("n_positive") - hits, hits / pl.col("precision") - hits)
    is_small = pl.any_horizontal((cell.round(3) <= SMALL) | cell.is_nan() for cell in cells)
    return both.select(*BY_LINE, "at", is_small.alias("is_small"))


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


def interval(row: Mapping[str, Any]) -> str:
    """Write a figure with its interval."""
    return f"{figure(row)} {bounds(row)}".rstrip()


def percent(row: Mapping[str, Any]) -> str:
    """Write a share in percent with its interval.

    Examples
    --------
    >>> percent({"value": 0.3, "low": 0.25, "high": 0.351})
    '30.0% [25.0, 35.1]'
    """
    times = {name: None if row[name] is None else 100 * row[name] for name in ("value", "low", "high")}
    return "–" if times["value"] is None else f"{figure(times, 1)}% {bounds(times, 1)}".rstrip()
