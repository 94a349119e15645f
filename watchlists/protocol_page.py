"""The protocol's page: figures of splits, learners and calibration maps, in Chinese and English."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from models.calibration_comparison import FIGURES, Verdict, verdict
from models.calibration_maps import MAPS
from models.disclosure import SMALL
from models.leaderboard import MODEL, SUBGROUPS
from models.splits import HOUSEHOLDS, RANDOM, REGIONS, ROLLING
from watchlists.judgement import count
from watchlists.judgement_words import COLUMNS, METRICS, MODELS, Words, words_of
from watchlists.judgement_words import SUBGROUPS as SUBGROUP_WORDS
from watchlists.pages import page
from watchlists.protocol_words import MAP_WORDS, SPLIT_WORDS

Table = dict[str, Any]

OF_SPLITS = ("auc", "ap", "precision_at_10", "bias", "slope")
OF_LEARNERS = ("auc", "ap", "precision_at_10", "precision_at_capacity", "recall_at_capacity")
DIFFERENCES = ("auc", "ap", "precision_at_10")
AT_CAPACITY = ("auc", "ap", "precision_at_10", "precision_at_capacity", "recall_at_capacity")


def protocol_page(tables: Mapping[str, pl.DataFrame], params: Mapping[str, Any]) -> str:
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
    asked = params["protocol"]
    values = {
        "season": params["season"],
        "simulated": params["source"]["kind"] == "simulator",
        "kind": params["source"]["kind"],
        "parts": asked["parts"],
        "region": asked["region"],
        "cluster": params["evaluate"]["cluster"],
        "resamples": params["evaluate"]["bootstrap"],
        "splits": _boards(tables["splits"], SPLIT_WORDS, OF_SPLITS, DIFFERENCES),
        "boundaries": _boundaries(tables["boundaries"]),
        "learners": _boards(tables["leaderboard"], MODELS, OF_LEARNERS, AT_CAPACITY),
        "calibrated": calibrated,
    }
    return page("protocol.md", values | (_calibration(tables) if calibrated else {}))


def _boards(
    board: pl.DataFrame, names: Mapping[str, Words], metrics: Sequence[str], paired: Sequence[str]
) -> list[Table]:
    """Lay out, for all and for RETURN: pooled figures, every origin's AUC, paired differences."""
    found = []
    for subgroup in SUBGROUPS:
        rows = board.filter(pl.col("subgroup") == subgroup)
        pooled = rows.filter(pl.col("origin") == "pooled")
        if pooled.is_empty() or pooled["n_positive"].max() <= SMALL:  # type: ignore[operator]
            continue
        found.append(
            {
                "name": " ".join(SUBGROUP_WORDS[subgroup]),
                "n": count(pooled["n"][0]),
                "n_positive": count(pooled["n_positive"][0]),
                "pooled": _grid(pooled, names, metrics),
                "origins": _by_origin(rows, names),
                "differences": _differences(pooled, names, paired),
            }
        )
    return found


def _grid(rows: pl.DataFrame, names: Mapping[str, Words], metrics: Sequence[str]) -> Table:
    return {
        "columns": ["", *(_said(METRICS, one) for one in metrics)],
        "rows": [
            [_said(names, name), *(_cell(rows, name, one) for one in metrics)] for name in _ranked(rows)
        ],
    }


def _by_origin(rows: pl.DataFrame, names: Mapping[str, Words]) -> Table:
    by_origin = {
        str(key[0]): part for key, part in rows.sort("origin").group_by("origin", maintain_order=True)
    }
    ranked = _ranked(by_origin["pooled"])
    shown = {name: part for name, part in by_origin.items() if part["n_positive"][0] > SMALL}
    return {
        "columns": ["AUC", *shown],
        "rows": [
            [_said(names, name), *(_cell(part, name, "auc") for part in shown.values())] for name in ranked
        ],
    }


def _differences(pooled: pl.DataFrame, names: Mapping[str, Words], metrics: Sequence[str]) -> Table:
    return {
        "columns": ["", *(_said(METRICS, one) for one in metrics)],
        "rows": [
            [
                _said(names, name),
                *(
                    _cell(pooled, f"{MODEL}-minus-{name}", f"{one}_difference", signed=True)
                    for one in metrics
                ),
            ]
            for name in _ranked(pooled)
            if name != MODEL
        ],
    }


def _ranked(rows: pl.DataFrame) -> list[str]:
    return (
        rows.filter(pl.col("metric") == "auc")
        .sort("value", descending=True, nulls_last=True)["model"]
        .to_list()
    )


def _boundaries(table: pl.DataFrame) -> Table:
    """Sum up the trainings of a split and season."""
    told = (
        table.sort("split", "origin", "part")
        .group_by("split", "origin", maintain_order=True)
        .agg(
            pl.len().alias("trainings"),
            pl.col("first_trained").min(),
            pl.col("last_trained", "last_label_known_on").max(),
            pl.col("n_trained", "n_judged").sum(),
            pl.col("n_shared_rows", "n_shared_households", "n_shared_regions").sum(),
        )
    )
    order = {name: at for at, name in enumerate((ROLLING, HOUSEHOLDS, REGIONS, RANDOM))}
    rows = [
        [
            " ".join(SPLIT_WORDS["risk_model" if row["split"] == ROLLING else row["split"]]),
            *(count(value) if name.startswith("n_") else str(value) for name, value in list(row.items())[1:]),
        ]
        for row in sorted(told.to_dicts(), key=lambda row: (order[row["split"]], row["origin"]))
    ]
    return {"columns": [_said(COLUMNS, name) for name in told.columns], "rows": rows}


def _calibration(tables: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    past, tests = tables["calibration_past"], tables["calibration_tests"]
    origins = [name for name in past["origin"].unique().sort().to_list() if name != "pooled"]
    return {
        "maps_past": _maps(past),
        "maps_tests": _maps(tests),
        "map_seasons": _map_seasons(past),
        "verdict": _verdict(verdict(past)),
        "verdicts": [(origin, *_verdict(verdict(past, origin))) for origin in origins],
        "regrets": _regrets(tables["regrets"]),
    }


def _maps(table: pl.DataFrame) -> Table:
    pooled = table.filter(pl.col("origin") == "pooled").rename({"map": "model"})
    metrics = [*FIGURES, "log_loss_difference", "brier_difference"]
    n, fell = pooled["n"][0], pooled["n_positive"][0]
    rows = [[" ".join(MAP_WORDS[name]), *(_fine(pooled, name, one) for one in metrics)] for name in MAPS]
    return {
        "n": count(n),
        "n_positive": count(fell),
        "columns": ["", *(_said(METRICS, one) for one in metrics)],
        "rows": rows if fell > SMALL else [],
    }


def _map_seasons(table: pl.DataFrame) -> Table:
    shown = table.filter(
        pl.col("origin") != "pooled", pl.col("season") != "pooled", pl.col("n_positive") > SMALL
    )
    wide = shown.filter(pl.col("metric") == "regret").pivot("map", index=["origin", "season"], values="value")
    rows = [[row["origin"], row["season"], *(f"{row[name]:.5f}" for name in MAPS)] for row in wide.to_dicts()]
    columns = [
        _said(COLUMNS, "origin"),
        "评判的往季 past season",
        *(" ".join(MAP_WORDS[name]) for name in MAPS),
    ]
    return {"columns": columns, "rows": rows}


def _verdict(found: Verdict) -> tuple[str, str]:
    name, better = MAP_WORDS[found.name], ", ".join(found.better)
    if not found.better:
        return (
            "没有哪种校准明显好于直线，仍用直线。",
            "No map is clearly better than the line; the line stays.",
        )
    return f"{name[0]}明显好于直线（{better}）。", f"{name[1]} is clearly better than the line ({better})."


def _regrets(table: pl.DataFrame) -> Table:
    wide = table.filter(pl.col("n_positive") > SMALL).pivot(
        "kind", index=["origin", "as_of_date"], values="regret"
    )
    kinds = wide.columns[2:]
    rows = [
        [row["origin"], str(row["as_of_date"]), *(f"{row[kind]:.5f}" for kind in kinds)]
        for row in wide.to_dicts()
    ]
    columns = [_said(COLUMNS, "origin"), "往季 past season", *(_said(MODELS, kind) for kind in kinds)]
    return {"columns": columns, "rows": rows}


def _said(names: Mapping[str, Words], name: str) -> str:
    return " ".join(words_of(dict(names), name))


def _cell(rows: pl.DataFrame, model: str, metric: str, *, signed: bool = False) -> str:
    return _written(rows, model, metric, "+.3f" if signed else ".3f")


def _fine(rows: pl.DataFrame, model: str, metric: str) -> str:
    return _written(rows, model, metric, "+.6f" if metric.endswith("difference") else ".5f")


def _written(rows: pl.DataFrame, model: str, metric: str, form: str) -> str:
    """Write a figure with its interval; a dash where it was not measured."""
    found = rows.filter(pl.col("model") == model, pl.col("metric") == metric).to_dicts()
    if not found or found[0]["value"] is None:
        return "–"
    value, low, high = (found[0][name] for name in ("value", "low", "high"))
    return format(value, form) if low is None else f"{value:{form}} [{low:{form}}, {high:{form}}]"
