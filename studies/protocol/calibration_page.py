"""The protocol's sections on calibration and on the kinds of model: what past seasons say."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from models.evaluation.disclosure import SMALL
from models.evaluation.views import At
from models.names import POOLED
from models.risk.calibration.maps import IN_USE, MAPS
from studies.protocol.calibration_comparison import FIGURES, Verdict, verdict
from studies.protocol.cells import fine, wording
from studies.protocol.words import LOSS_WORDS, MAP_WORDS
from watchlists.report.figure_words import COLUMNS, MODELS
from watchlists.report.published_evaluation import count

Table = dict[str, Any]


def calibration_sections(tables: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Lay out ``calibration_past, calibration_tests`` and ``regrets`` for the template."""
    past, tests = tables["calibration_past"], tables["calibration_tests"]
    origins = [name for name in past["origin"].unique().sort().to_list() if name != POOLED]
    return {
        "maps_past": _maps(past),
        "maps_tests": _maps(tests),
        "map_seasons": _map_seasons(past),
        "verdict": _verdict(verdict(past)),
        "verdicts": [(origin, *_verdict(verdict(past, origin))) for origin in origins],
        "regrets": _regrets(tables["regrets"]),
    }


def _maps(table: pl.DataFrame) -> Table:
    pooled = table.filter(pl.col("origin") == POOLED).rename({"map": "model"})
    metrics = [*FIGURES, "log_loss_difference", "brier_difference"]
    n, fell = pooled["n"][0], pooled["n_positive"][0]
    rows = [[_column(name), *(fine(pooled, name, one) for one in metrics)] for name in MAPS]
    return {
        "n": count(n),
        "n_positive": count(fell),
        "columns": ["", *(" ".join(LOSS_WORDS.get(one) or At(one).words) for one in metrics)],
        "rows": rows if fell > SMALL else [],
    }


def _map_seasons(table: pl.DataFrame) -> Table:
    published = table.filter(
        pl.col("origin") != POOLED, pl.col("season") != POOLED, pl.col("n_positive") > SMALL
    )
    wide = published.filter(pl.col("metric") == "regret").pivot(
        "map", index=["origin", "season"], values="value"
    )
    rows = [[row["origin"], row["season"], *(f"{row[name]:.5f}" for name in MAPS)] for row in wide.to_dicts()]
    columns = [
        wording(COLUMNS, "origin"),
        "评判的往季 past season",
        *(_column(name) for name in MAPS),
    ]
    return {"columns": columns, "rows": rows}


def _column(name: str) -> str:
    zh, en = MAP_WORDS[name]
    return f"{zh}（在用） {en} (in use)" if name == IN_USE else f"{zh} {en}"


def _verdict(chosen: Verdict) -> tuple[str, str]:
    name, used, better = MAP_WORDS[chosen.name], MAP_WORDS[IN_USE], ", ".join(chosen.better)
    if not chosen.better:
        return (
            f"没有哪种校准明显好于{used[0]}，仍用{used[0]}。",
            f"No map is clearly better than the {used[1]}; the {used[1]} stays.",
        )
    return (
        f"{name[0]}明显好于{used[0]}（{better}）。",
        f"{name[1]} is clearly better than the {used[1]} ({better}).",
    )


def _regrets(table: pl.DataFrame) -> Table:
    wide = table.filter(pl.col("n_positive") > SMALL).pivot(
        "kind", index=["origin", "as_of_date"], values="regret"
    )
    kinds = wide.columns[2:]
    rows = [
        [row["origin"], str(row["as_of_date"]), *(f"{row[kind]:.5f}" for kind in kinds)]
        for row in wide.to_dicts()
    ]
    columns = [wording(COLUMNS, "origin"), "往季 past season", *(wording(MODELS, kind) for kind in kinds)]
    return {"columns": columns, "rows": rows}
