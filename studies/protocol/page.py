"""The protocol's page: figures of splits, learners and calibration maps, in Chinese and English."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from models.evaluation.board import MODEL, SUBGROUPS
from models.evaluation.disclosure import SMALL
from models.evaluation.publishable import publishable
from models.evaluation.views import At, headline_comparisons, summary_figures
from models.names import POOLED
from pipelines.workspace.parameters import Parameters
from studies.protocol.calibration_page import calibration_sections
from studies.protocol.cells import cell, wording
from studies.protocol.splits import HOUSEHOLDS, RANDOM, REGIONS, ROLLING
from studies.protocol.words import SPLIT_WORDS
from watchlists.label_wording import Words
from watchlists.pages.pages import page
from watchlists.report.figure_words import COLUMNS, MODELS
from watchlists.report.figure_words import SUBGROUPS as SUBGROUP_WORDS
from watchlists.report.published_evaluation import count

Table = dict[str, Any]


def protocol_page(tables: Mapping[str, pl.DataFrame], params: Parameters) -> str:
    """Fill the page.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``boundaries, splits, leaderboard``, and where there was enough to calibrate on
        ``calibration_past, calibration_tests, regrets``.
    params : mapping
        All parameters.

    Returns
    -------
    str
        Markdown. Figures of few who fell are not shown.
    """
    calibrated = "calibration_past" in tables
    settings = params.protocol
    values = {
        "season": params.season,
        "simulated": params.source.kind == "simulator",
        "kind": params.source.kind,
        "parts": settings.parts,
        "region": settings.region,
        "cluster": params.evaluate.cluster,
        "resamples": params.evaluate.bootstrap,
        "splits": _boards(tables["splits"], SPLIT_WORDS, summary_figures()),
        "boundaries": _boundaries(tables["boundaries"]),
        "learners": _boards(tables["leaderboard"], MODELS, headline_comparisons()),
        "calibrated": calibrated,
    }
    return page("protocol.md", values | (calibration_sections(tables) if calibrated else {}))


def _boards(board: pl.DataFrame, names: Mapping[str, Words], figures: Sequence[At]) -> list[Table]:
    """Lay out, for all and for RETURN: pooled figures, every origin's AUC, paired differences."""
    boards, published = [], publishable(board)
    for subgroup in SUBGROUPS:
        rows = published.filter(pl.col("subgroup") == subgroup)
        pooled = rows.filter(pl.col("origin") == POOLED)
        if pooled.is_empty() or pooled["n_positive"].max() <= SMALL:  # type: ignore[operator]
            continue
        boards.append(
            {
                "name": " ".join(SUBGROUP_WORDS[subgroup]),
                "n": count(pooled["n"][0]),
                "n_positive": count(pooled["n_positive"][0]),
                "pooled": _grid(pooled, names, figures),
                "origins": _by_origin(rows, names),
                "differences": _differences(pooled, names, figures),
            }
        )
    return boards


def _grid(rows: pl.DataFrame, names: Mapping[str, Words], figures: Sequence[At]) -> Table:
    return {
        "columns": ["", *(" ".join(one.words) for one in figures)],
        "rows": [
            [wording(names, name), *(cell(rows, name, one) for one in figures)] for name in _ranked(rows)
        ],
    }


def _by_origin(rows: pl.DataFrame, names: Mapping[str, Words]) -> Table:
    by_origin = {
        str(key[0]): part for key, part in rows.sort("origin").group_by("origin", maintain_order=True)
    }
    ranked = _ranked(by_origin[POOLED])
    parts = {name: part for name, part in by_origin.items() if part["n_positive"][0] > SMALL}
    return {
        "columns": ["AUC", *("合计 pooled" if name == POOLED else name for name in parts)],
        "rows": [
            [wording(names, name), *(cell(part, name, At("auc")) for part in parts.values())]
            for name in ranked
        ],
    }


def _differences(pooled: pl.DataFrame, names: Mapping[str, Words], figures: Sequence[At]) -> Table:
    paired = [one for one in headline_comparisons() if one in figures]
    return {
        "columns": ["", *(" ".join(one.words) for one in paired)],
        "rows": [
            [wording(names, name), *(cell(pooled, MODEL, one, compared_with=name) for one in paired)]
            for name in _ranked(pooled)
            if name != MODEL
        ],
    }


def _ranked(rows: pl.DataFrame) -> list[str]:
    own = rows.filter(pl.col("compared_with").is_null(), metric="auc")
    return own.sort("value", descending=True, nulls_last=True)["model"].to_list()


def _boundaries(table: pl.DataFrame) -> Table:
    """Sum up the trainings of a split and season."""
    summary = (
        table.sort("split", "origin", "part")
        .group_by("split", "origin", maintain_order=True)
        .agg(
            pl.len().alias("trainings"),
            pl.col("first_trained").min(),
            pl.col("last_trained", "last_label_known_on").max(),
            pl.col("outcome_known_from").min(),
            pl.col("n_trained", "n_judged").sum(),
            pl.col("n_shared_rows", "n_shared_households").sum(),
            pl.col("n_shared_regions").max(),
        )
    )
    order = {name: at for at, name in enumerate((ROLLING, HOUSEHOLDS, REGIONS, RANDOM))}
    rows = [
        [
            " ".join(SPLIT_WORDS["risk_model" if row["split"] == ROLLING else row["split"]]),
            *(_bound(name, value) for name, value in list(row.items())[1:]),
        ]
        for row in sorted(summary.to_dicts(), key=lambda row: (order[row["split"]], row["origin"]))
    ]
    return {"columns": [wording(COLUMNS, name) for name in summary.columns], "rows": rows}


def _bound(name: str, value: object) -> str:
    """Write a date or a count; that nobody is shared is the point, and a region is no household."""
    if isinstance(value, int) and value and name.startswith("n_") and name != "n_shared_regions":
        return count(value)
    return str(value)
