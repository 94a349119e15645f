"""Where a figure that a document names is found in a finished run."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from models.evaluation.board import read_board
from models.evaluation.declaration import TIES
from models.names import POOLED
from pipelines.workspace.workspace import Workspace
from register.errors import ContractError
from studies.figures.run import run_of
from watchlists.visits.policy_evaluation import read_visits

#: ``value``, with ``low`` and ``high`` where there is an interval; or ``text``.
Figure = dict[str, Any]
Find = Callable[[Workspace, tuple[str, ...]], Figure]
COUNTS = ("n", "n_positive")


def figure_of(workspace: Workspace, address: str) -> Figure:
    """Find a figure in a finished run.

    Parameters
    ----------
    workspace : Workspace
    address : str
        ``KIND/SOURCE/...``, where KIND is that of the run's source and SOURCE one of `SOURCES`:
        ``run``; ``seasons``; ``board/SEASON/SUBGROUP/MODEL/METRIC[@LIST][-OTHER]`` or
        ``board/SEASON/SUBGROUP/n``; ``help/VALUE/COLUMN``; ``without/METRIC/COLUMN``;
        ``list/SEASON/COLUMN``; ``promised`` (a table of the judged seasons' lists).

    Returns
    -------
    dict

    Raises
    ------
    ContractError
        When the run has no such figure.
    """
    _, source, *rest = address.split("/")
    if source not in SOURCES:
        raise ContractError(f"{address}: found source {source!r}, allowed are {', '.join(SOURCES)}; mend it")
    figure = SOURCES[source](workspace, tuple(rest))
    if figure.get("value", figure.get("text")) is None:
        raise ContractError(f"{address}: the run has no such figure; mend the name, or judge that season too")
    return figure


def _run(workspace: Workspace, _: tuple[str, ...]) -> Figure:
    return {"text": run_of(workspace).sentence}


def _seasons(workspace: Workspace, _: tuple[str, ...]) -> Figure:
    seasons = _judged(workspace)
    return {"text": f"{seasons[0]} to {seasons[-1]}"}


def _judged(workspace: Workspace) -> list[str]:
    board = read_board(workspace.tables / "leaderboard.csv")
    return sorted(set(board["origin"]) - {POOLED})


def _board(workspace: Workspace, address: tuple[str, ...]) -> Figure:
    season, subgroup, *named = address
    rows = read_board(workspace.tables / "leaderboard.csv").filter(origin=season, subgroup=subgroup)
    if named[-1] in COUNTS:
        return {"value": next(iter(rows[named[-1]]), None)}
    model, metric = named
    metric, _, other = metric.partition("-")
    metric, _, of_list = metric.partition("@")
    chosen = rows.filter(
        pl.col("compared_with").eq_missing(pl.lit(other or None)),
        pl.col("list").eq_missing(pl.lit(of_list or None)),
        model=model,
        metric=metric,
        ties=TIES[0],
    )
    return _bounded(chosen, "value", "low", "high")


def _help(workspace: Workspace, address: tuple[str, ...]) -> Figure:
    value, column = address
    return _column(pl.read_csv(workspace.tables / "by_help.csv").filter(help=value), column)


def _without(workspace: Workspace, address: tuple[str, ...]) -> Figure:
    metric, column = address
    table = pl.read_csv(workspace.tables / "without_begun_help.csv", infer_schema_length=None)
    return _column(table.filter(metric=metric), column)


def _list(workspace: Workspace, address: tuple[str, ...]) -> Figure:
    season, column = address
    return _column(read_visits(workspace.watchlist)["policies"].filter(season=season, policy="list"), column)


def _promised(workspace: Workspace, _: tuple[str, ...]) -> Figure:
    """Set what the judged seasons' lists promised beside what came of them."""
    visits = read_visits(workspace.watchlist)
    own = pl.col("policy") == "list"
    expected = (
        visits["found"].filter(own, multiple=1.0).group_by("season").agg(pl.col("expected", "visits").sum())
    )
    judged = visits["policies"].filter(own).join(expected, on="season", suffix="_made").sort("season")
    lines = [
        f"| {row['season']} | {100 * row['expected'] / row['visits_made']:.1f} % | {_came(row)} |"
        for row in judged.iter_rows(named=True)
    ]
    head = ["| list of | promised | came true |", "|---|---|---|"]
    return {"text": "\n" + "\n".join([*head, *lines]) + "\n"}


def _came(row: Mapping[str, Any]) -> str:
    share = "{:.1f} % [{:.1f}, {:.1f}]".format(
        *(100 * row[name] for name in ("precision", "precision_low", "precision_high"))
    )
    return f"{share} ({row['found']:,} of {row['n_known']:,})"


def _column(rows: pl.DataFrame, column: str) -> Figure:
    if column not in rows.columns:
        return {"value": None}
    bounds = [f"{column}_low", f"{column}_high"]
    return _bounded(rows, column, *bounds) if bounds[0] in rows.columns else _bounded(rows, column)


def _bounded(rows: pl.DataFrame, value: str, *ends: str) -> Figure:
    if not len(rows):
        return {"value": None}
    row = rows.row(0, named=True)
    bounds = dict(zip(("low", "high"), (row[end] for end in ends), strict=False))
    return {"value": row[value], **{end: one for end, one in bounds.items() if one is not None}}


SOURCES: Mapping[str, Find] = {
    "run": _run,
    "seasons": _seasons,
    "board": _board,
    "help": _help,
    "without": _without,
    "list": _list,
    "promised": _promised,
}
