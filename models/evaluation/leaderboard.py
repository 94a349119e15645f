"""All figures of all models, for every origin and subgroup, with intervals and differences."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from models.evaluation.bootstrap import Resampling, interval
from models.evaluation.capacity_lists import CapacityList, capacity_list
from models.evaluation.figures import Figure, Figures, Floats
from models.evaluation.listing import Labels, error_figures, list_figures, listing, own_listing, share_figures
from models.evaluation.metrics import Ranking, Reading
from models.evaluation.untrained_baselines import RULES, UNTRAINED

#: What is known of a row besides its scores; every other column is the score of a model.
FACTS = (
    *("household_id", "as_of_date", "origin", "is_return", "label"),
    *("cluster", "place", "visits", "gap", "lead_months"),
)
MODEL = "risk_model"
SUBGROUPS = ("all", "return")
#: Shares of the cohort that a list may hold, percent.
SHARES = (1, 5, 10, 20)
COMPARED = (
    *("auc", "ap", *(f"precision_at_{share}" for share in SHARES)),
    *("precision_at_capacity", "recall_at_capacity", "gap_weighted_exclusion"),
)

Place = tuple[str, str]
Walk = Callable[[Iterable[Place]], Iterable[Place]]
Row = tuple[object, ...]

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


@dataclass(frozen=True)
class Bootstrap:
    """How often clusters are drawn again, and from which seed."""

    resamples: int
    seed: int


def models_of(judged: pl.DataFrame) -> list[str]:
    """Name the columns of scores, the risk model first."""
    return [MODEL, *(name for name in judged.columns if name not in (*FACTS, MODEL))]


def is_risk(name: str, score: Floats) -> bool:
    """Tell whether a score is a probability: trained, and never outside [0, 1]."""
    return bool(name not in UNTRAINED and len(score) and score.min() >= 0 and score.max() <= 1)


def leaderboard(
    judged: pl.DataFrame, bootstrap: Bootstrap, threads: int = 1, walk: Walk = iter
) -> pl.DataFrame:
    """Judge every model on every origin, pooled last, for all and for RETURN.

    Parameters
    ----------
    judged : DataFrame
        `FACTS` of every household scored and a column of scores a model. ``label`` is
        missing where the outcome is not known: such a household uses up a visit and counts
        neither as found nor as missed. ``cluster`` is drawn again as a whole, ``place`` has
        ``visits``.
    bootstrap : Bootstrap
        Draws of clusters.
    threads : int
        Cells judged at once; the figures do not depend on it.
    walk : callable, optional
        Shows progress over the cells.

    Returns
    -------
    DataFrame
        ``origin, subgroup, model, metric, value, low, high, n, n_positive``, in a fixed
        order, to six decimals. A value is missing where one class is. Rows of
        ``risk_model-minus-<other>`` are paired differences, metric ``<name>_difference``.
    """
    ordered = judged.sort("origin", "household_id")
    places = list(product((*ordered["origin"].unique().sort().to_list(), "pooled"), SUBGROUPS))
    with threadpool_limits(1), ThreadPoolExecutor(threads) as pool:  # BLAS gives other bits on two threads
        lists = dict(pool.map(lambda name: (name, capacity_list(ordered, name)), models_of(ordered)))
        cells = pool.map(lambda place: _cell(ordered, lists, place, bootstrap), places)
        rows = [row for _, cell in zip(walk(places), cells, strict=True) for row in cell]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").with_columns(
        pl.col("value", "low", "high").round(6)
    )


def rows_of(judged: pl.DataFrame, place: Place) -> NDArray[np.int64]:
    """Find the rows of one origin (or ``pooled``) and subgroup whose outcome is known."""
    origin, subgroup = place
    chosen = pl.col("label").is_not_null() & (pl.lit(origin == "pooled") | (pl.col("origin") == origin))
    within = chosen & pl.col("is_return") if subgroup == "return" else chosen
    return judged.select(within.arg_true()).to_series().to_numpy().astype(np.int64)


def _cell(
    judged: pl.DataFrame, lists: Mapping[str, CapacityList], place: Place, bootstrap: Bootstrap
) -> list[Row]:
    at = rows_of(judged, place)
    if not len(at):
        return []
    rows = judged[at]
    drawn = Resampling(rows["cluster"], bootstrap.resamples, bootstrap.seed)
    counts = (len(rows), int(rows["label"].sum()))
    found: list[Row] = []
    own: tuple[Figures, dict[str, Floats]] | None = None
    for name, capacity in lists.items():
        figures = _figures(rows, name, CapacityList(capacity.now.at(at), capacity.before[at]))
        spread = drawn.spread(figures)
        own = own or (figures, spread)
        told = [
            (name, metric, _known(figure.value), *_bounds(spread[metric]))
            for metric, figure in figures.items()
        ]
        compared = _differences(name, own, (figures, spread)) if name != MODEL else []
        found += [(*place, *row, *counts) for row in (*told, *compared)]
    return sorted(found, key=lambda row: "-minus-" in str(row[2]))


def _figures(rows: pl.DataFrame, name: str, capacity: CapacityList) -> Figures:
    """Measure one model on the rows of a cell."""
    score, label = rows[name].to_numpy(), rows["label"].cast(pl.Int64).to_numpy()
    ranking, everywhere = Ranking(score, label), np.zeros(len(rows), dtype=np.int64)
    figures = ranking.figures()
    for share in SHARES:
        listed = listing(score, label, everywhere, np.full(len(rows), len(rows) * share / 100))
        figures |= share_figures(listed, label, f"{share}", ranking.marginal_precision(share))
    figures |= _at_capacity(rows, label, capacity)
    if name in RULES:
        figures |= _at_own_length(score, label)
    return figures | (Reading(score, label).figures() if is_risk(name, score) else {})


def _at_capacity(rows: pl.DataFrame, label: Labels, capacity: CapacityList) -> Figures:
    gap, lead = (rows[name].fill_null(np.nan).to_numpy() for name in ("gap", "lead_months"))
    listed, seen = capacity.now.mean, np.isfinite(capacity.before)
    kept = np.where(seen, listed * np.nan_to_num(capacity.before), 0.0)
    return {
        **list_figures(capacity.now, label, "capacity"),
        **error_figures(capacity.now, label, np.nan_to_num(gap), lead),
        "list_overlap": Figure(kept, np.where(seen, listed, 0.0)),
        "share_at_capacity": Figure(listed, np.ones(len(label))),
    }


def _at_own_length(score: Floats, label: Labels) -> Figures:
    listed = own_listing(score)
    figures = list_figures(listed, label, "own_length")
    kept = ("precision_at_own_length", "recall_at_own_length", "lift_at_own_length")
    return {
        **{name: figures[name] for name in kept},
        "share_at_own_length": Figure(listed.mean, np.ones(len(label))),
    }


def _differences(
    other: str, own: tuple[Figures, dict[str, Floats]], theirs: tuple[Figures, dict[str, Floats]]
) -> list[Row]:
    return [
        (
            f"{MODEL}-minus-{other}",
            f"{name}_difference",
            _known(own[0][name].value - theirs[0][name].value),
            *_bounds(own[1][name] - theirs[1][name]),
        )
        for name in COMPARED
    ]


def _bounds(values: Floats) -> tuple[float | None, float | None]:
    return interval(values) if len(values) else (None, None)


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None
