"""All figures of all models, for every origin and subgroup, with intervals and differences."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np
import polars as pl

from models.bootstrap import Measures, interval, measure
from models.metrics import Floats, Labels, Ranking, Reading

#: Columns of `judged` that hold scores, and whether they are risks.
SCORES = {"risk_model": True, "income_over_line": False, "logistic": False, "base_rate": True}
MODEL = "risk_model"
SUBGROUPS = ("all", "return")
COMPARED = ("auc", "ap", "precision_at_1", "precision_at_5", "precision_at_10", "precision_at_20")

Place = tuple[str, str]
Walk = Callable[[Iterable[Place]], Iterable[Place]]

#: Blocks of a ranking in a resample: its AUC differs from the exact one by less than 1e-4.
ROUGH = 4096

_SCHEMA = {
    "origin": pl.String(),
    "subgroup": pl.String(),
    "model": pl.String(),
    "metric": pl.String(),
    "value": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "n": pl.Int64(),
    "n_positive": pl.Int64(),
}


def leaderboard(
    judged: pl.DataFrame, resamples: int, seed: int, threads: int = 1, walk: Walk = iter
) -> pl.DataFrame:
    """Judge every model on every origin, pooled last, for all and for RETURN.

    Parameters
    ----------
    judged : DataFrame
        ``household_id, origin, is_return, label`` and a column a model of `SCORES`.
    resamples : int
        Household bootstrap resamples.
    seed : int
        Of the bootstrap.
    threads : int
        Cells judged at once; the figures do not depend on it.
    walk : callable, optional
        Shows progress over the cells.

    Returns
    -------
    DataFrame
        ``origin, subgroup, model, metric, value, low, high, n, n_positive``, in a fixed
        order, to six decimals. A value is missing where one class is. Rows of
        ``risk_model-minus-<baseline>`` are paired differences, metric ``<name>_difference``.
    """
    places = list(product((*judged["origin"].unique().sort().to_list(), "pooled"), SUBGROUPS))
    with ThreadPoolExecutor(threads) as pool:
        cells = pool.map(lambda place: _cell(slice_of(judged, *place), place, resamples, seed), places)
        rows = [row for _, cell in zip(walk(places), cells, strict=True) for row in cell]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").with_columns(
        pl.col("value", "low", "high").round(6)
    )


def slice_of(judged: pl.DataFrame, origin: str, subgroup: str) -> pl.DataFrame:
    """Keep the rows of one origin (or ``pooled``) and subgroup."""
    at_origin = judged if origin == "pooled" else judged.filter(pl.col("origin") == origin)
    return at_origin if subgroup == "all" else at_origin.filter(pl.col("is_return"))


def _cell(rows: pl.DataFrame, place: Place, resamples: int, seed: int) -> list[tuple[object, ...]]:
    if not len(rows):
        return []
    exact, quick = _measures(rows, None), _measures(rows, ROUGH)
    point, spread = measure(exact, quick, rows["household_id"], resamples, seed)
    counts = (len(rows), int(rows["label"].sum()))
    found: list[tuple[object, ...]] = []
    for model, figures in point.items():
        for name, value in figures.items():
            bounds = _bounds(spread, model, name)
            found.append((*place, model, name, _known(value), *bounds, *counts))
    return found + [(*place, *difference, *counts) for difference in _differences(point, spread)]


def _measures(rows: pl.DataFrame, max_blocks: int | None) -> Measures:
    label = rows["label"].cast(pl.Int64).to_numpy()
    return {
        model: _measured_by(rows[model].to_numpy(), label, is_risk, max_blocks)
        for model, is_risk in SCORES.items()
    }


def _measured_by(
    score: Floats, label: Labels, is_risk: bool, max_blocks: int | None
) -> Callable[[Floats], dict[str, Floats]]:
    ranking, reading = Ranking(score, label, max_blocks), Reading(score, label) if is_risk else None

    def of(weights: Floats) -> dict[str, Floats]:
        return ranking.metrics(weights) | (reading.metrics(weights) if reading else {})

    return of


def _differences(
    point: Mapping[str, Mapping[str, float]], spread: Mapping[str, Mapping[str, Floats]]
) -> list[tuple[object, ...]]:
    others: Sequence[str] = [model for model in point if model != MODEL]
    return [
        (
            f"{MODEL}-minus-{other}",
            f"{name}_difference",
            _known(point[MODEL][name] - point[other][name]),
            *(interval(spread[MODEL][name] - spread[other][name]) if spread else (None, None)),
        )
        for other in others
        for name in COMPARED
    ]


def _bounds(
    spread: Mapping[str, Mapping[str, Floats]], model: str, name: str
) -> tuple[float | None, float | None]:
    return interval(spread[model][name]) if spread else (None, None)


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None
