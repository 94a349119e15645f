"""All figures of all models, for every origin and subgroup, with intervals and differences."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np
import polars as pl
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from models.arrays import Floats, Integers
from models.evaluation.board import CAME, MODEL, SCHEMA, SUBGROUPS
from models.evaluation.capacity_lists import CapacityList, capacity_list
from models.evaluation.declaration import CAPACITY, OWN_LENGTH, SHARES, TIES, Key, Metric, metrics_of
from models.evaluation.listing import Listing, listing, own_listing
from models.evaluation.metrics.listed import Aftermath, Listed
from models.evaluation.metrics.ranking import Ranking
from models.evaluation.metrics.risk import Risks
from models.evaluation.untrained_baselines import RULES, UNTRAINED
from models.evaluation.views import compared_figures
from models.figures import Figure
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, interval

#: What is known of a row besides its scores; every other column is the score of a model.
FACTS = (
    "household_id",
    "as_of_date",
    "origin",
    "is_return",
    "label",
    "cluster",
    "place",
    "visits",
    "gap",
    "lead_months",
)

Place = tuple[str, str]
Walk = Callable[[Iterable[Place]], Iterable[Place]]
Row = tuple[object, ...]
Figures = dict[Key, Figure]


def models_of(judged: pl.DataFrame) -> list[str]:
    """Name the columns of scores, the risk model first; its reading `CAME` is no other model."""
    return [MODEL, *(name for name in judged.columns if name not in (*FACTS, MODEL, CAME))]


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
        ``visits``. Where `CAME` stands beside `MODEL`, the metrics of risks are told of it too.
    bootstrap : Bootstrap
        Draws of clusters.
    threads : int
        Cells judged at once; the figures do not depend on it.
    walk : callable, optional
        Shows progress over the cells.

    Returns
    -------
    DataFrame
        `SCHEMA`, in a fixed order, to six decimals; ``metric`` and ``list`` as declared
        (`models.evaluation.declaration`), ``list`` missing where the metric is of none, ``ties``
        one of `TIES`. A value is missing where one class is. Where ``compared_with`` names
        another model, the row is the paired difference, the risk model less the other.
    """
    ordered = judged.sort("origin", "household_id")
    places = list(product((*ordered["origin"].unique().sort().to_list(), POOLED), SUBGROUPS))
    with threadpool_limits(1), ThreadPoolExecutor(threads) as pool:  # BLAS gives other bits on two threads
        lists = dict(pool.map(lambda name: (name, capacity_list(ordered, name)), models_of(ordered)))
        cells = pool.map(lambda place: _cell(ordered, lists, place, bootstrap), places)
        rows = [row for _, cell in zip(walk(places), cells, strict=True) for row in cell]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").with_columns(
        pl.col("value", "low", "high").round(6)
    )


def rows_of(judged: pl.DataFrame, place: Place) -> Integers:
    """Find the rows of one origin (or ``pooled``) and subgroup whose outcome is known."""
    origin, subgroup = place
    chosen = pl.col("label").is_not_null() & (pl.lit(origin == POOLED) | (pl.col("origin") == origin))
    within = chosen & pl.col("is_return") if subgroup == "return" else chosen
    return judged.select(within.arg_true()).to_series().to_numpy().astype(np.int64)


def aftermath(rows: pl.DataFrame, before: Floats) -> Aftermath:
    """Take what is known of rows from ``label, gap, lead_months``; `before` is how much was listed then."""
    gap, lead = (rows[name].fill_null(np.nan).to_numpy() for name in ("gap", "lead_months"))
    return Aftermath(rows["label"].cast(pl.Float64).to_numpy(), np.nan_to_num(gap), lead, before)


def _cell(
    judged: pl.DataFrame, lists: Mapping[str, CapacityList], place: Place, bootstrap: Bootstrap
) -> list[Row]:
    at = rows_of(judged, place)
    if not len(at):
        return []
    rows = judged[at]
    drawn = Resampling(rows["cluster"], bootstrap.resamples, bootstrap.seed)
    counts = (len(rows), int(rows["label"].sum()))
    figures: list[Row] = []
    differences: list[Row] = []
    own: tuple[Figures, dict[Key, Floats]] | None = None
    for name, capacity in lists.items():
        measured = _figures(rows, name, CapacityList(capacity.now.at(at), capacity.before[at]))
        theirs = (measured, drawn.spread(measured))
        own = own or theirs
        figures += [(*place, name, None, *row, *counts) for row in _figure_rows(*theirs)]
        if name != MODEL:
            differences += [(*place, MODEL, name, *row, *counts) for row in _differences(own, theirs)]
    if CAME in rows.columns:
        read = _of_risks(rows, CAME)
        figures += [(*place, CAME, None, *row, *counts) for row in _figure_rows(read, drawn.spread(read))]
    return figures + differences


def _figures(rows: pl.DataFrame, name: str, capacity: CapacityList) -> Figures:
    """Measure one model on the rows of a cell."""
    score, label = rows[name].to_numpy(), rows["label"].cast(pl.Int64).to_numpy()
    ranking, after = Ranking(score, label), aftermath(rows, capacity.before)
    lists = _of_shares(score, label, ranking, after)
    lists[CAPACITY] = _in_every_order(capacity.now, after)
    if name in RULES:
        lists[OWN_LENGTH] = {TIES[0]: after.as_handed_out(own_listing(score))}
    figures = _measured(metrics_of("ranking"), {TIES[0]: ranking})
    for on, orders in lists.items():
        figures |= _measured((one for one in metrics_of("list") if on in one.lists), orders, on)
    return figures | (_of_risks(rows, name) if is_risk(name, score) else {})


def _of_risks(rows: pl.DataFrame, name: str) -> Figures:
    risks = Risks(rows[name].to_numpy(), rows["label"].cast(pl.Int64).to_numpy())
    return _measured(metrics_of("risk"), {TIES[0]: risks})


def _measured(metrics: Iterable[Metric], orders: Mapping[str, object], on: str | None = None) -> Figures:
    return {key: figure for one in metrics for key, figure in one.figures(orders, on).items()}


def _in_every_order(listed: Listing, after: Aftermath) -> dict[str, Listed]:
    return {order: after.as_handed_out(getattr(listed, order)) for order in TIES}


def _of_shares(
    score: Floats, label: Integers, ranking: Ranking, after: Aftermath
) -> dict[str, dict[str, Listed]]:
    """List so many percent of everybody, wherever they live."""
    everywhere, lists = np.zeros(len(label), dtype=np.int64), {}
    for percent in SHARES:
        listed = listing(score, label, everywhere, np.full(len(label), len(label) * percent / 100))
        of_all, marginal = listed.mean.mean(), ranking.marginal_precision(percent)
        lists[f"{percent}"] = {
            order: after.drawn_up_anew(getattr(listed, order), of_all, marginal) for order in TIES
        }
    return lists


def _figure_rows(figures: Figures, spread: Mapping[Key, Floats]) -> list[Row]:
    return [(*key, _known(one.value), *_bounds(spread[key])) for key, one in figures.items()]


def _differences(
    own: tuple[Figures, dict[Key, Floats]], theirs: tuple[Figures, dict[Key, Floats]]
) -> list[Row]:
    """Subtract what models are compared by, where both are measured by it."""
    keys = [(one.metric, one.on, TIES[0]) for one in compared_figures()]
    return [
        (*key, _known(own[0][key].value - theirs[0][key].value), *_bounds(own[1][key] - theirs[1][key]))
        for key in keys
        if key in own[0] and key in theirs[0]
    ]


def _bounds(values: Floats) -> tuple[float | None, float | None]:
    return interval(values) if len(values) else (None, None)


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None
