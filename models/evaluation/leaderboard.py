"""All figures of all models, for every origin and subgroup, with intervals and differences."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from models.arrays import Floats, Integers
from models.evaluation.board import CAME, MODEL, SCHEMA, SUBGROUPS
from models.evaluation.capacity_lists import CapacityList, capacity_list
from models.evaluation.declaration import TIES, Key
from models.evaluation.measured import Figures, figures_of_model, figures_of_risks
from models.evaluation.views import compared_figures
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, Summed, interval

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
Walk = Callable[[Sequence[str]], Iterable[str]]
Row = tuple[object, ...]


def models_of(judged: pl.DataFrame) -> list[str]:
    """Name the columns of scores, the risk model first; its reading `CAME` is no other model."""
    return [MODEL, *(name for name in judged.columns if name not in (*FACTS, MODEL, CAME))]


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
        Models judged at once; the figures do not depend on it.
    walk : callable, optional
        Shows progress over the models.

    Returns
    -------
    DataFrame
        `SCHEMA`, in a fixed order, to six decimals; ``metric`` and ``list`` as declared
        (`models.evaluation.declaration`), ``list`` missing where the metric is of none, ``ties``
        one of `TIES`. A value is missing where one class is. Where ``compared_with`` names
        another model, the row is the paired difference, the risk model less the other.
    """
    ordered = judged.sort("origin", "household_id")
    places = product((*ordered["origin"].unique().sort().to_list(), POOLED), SUBGROUPS)
    cells = [one for one in (_Cell.of(ordered, place, bootstrap) for place in places) if len(one.at)]
    names = [*models_of(ordered), *([CAME] if CAME in ordered.columns else [])]
    # BLAS gives other bits on two threads
    with threadpool_limits(1), ThreadPoolExecutor(threads) as pool:
        judgements = pool.map(lambda name: _judged(ordered, name, cells), names)
        judged_by = dict(zip(walk(names), judgements, strict=True))
    rows = [
        row
        for at, cell in enumerate(cells)
        for row in _rows(cell, {name: by_cell[at] for name, by_cell in judged_by.items()})
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").with_columns(
        pl.col("value", "low", "high").round(6)
    )


def rows_of(judged: pl.DataFrame, place: Place) -> Integers:
    """Find the rows of one origin (or ``pooled``) and subgroup whose outcome is known."""
    origin, subgroup = place
    chosen = pl.col("label").is_not_null() & (pl.lit(origin == POOLED) | (pl.col("origin") == origin))
    within = chosen & pl.col("is_return") if subgroup == "return" else chosen
    return judged.select(within.arg_true()).to_series().to_numpy().astype(np.int64)


@dataclass(frozen=True)
class _Cell:
    """The rows of an origin and subgroup, and the draws of their clusters, the same for every model."""

    place: Place
    at: Integers
    n_positive: int
    drawn: Resampling

    @classmethod
    def of(cls, judged: pl.DataFrame, place: Place, bootstrap: Bootstrap) -> "_Cell":
        at = rows_of(judged, place)
        drawn = Resampling(judged["cluster"][at], bootstrap.resamples, bootstrap.seed)
        return cls(place, at, int(judged["label"][at].sum()), drawn)


@dataclass(frozen=True)
class _Judgement:
    """What is written of a model in a cell, and by which figures it is compared, with their draws."""

    figures: Sequence[Row]
    compared: Mapping[Key, tuple[float, Floats]]

    @classmethod
    def of(cls, figures: Figures, drawn: Resampling) -> "_Judgement":
        """Add up figure after figure, each let go before the next is worked out."""
        sums: dict[Key, Summed] = {key: drawn.summed(figure) for key, figure in figures}
        draws = drawn.spread_of_sums(sums)
        rows = [(*key, _known(one.value), *_bounds(draws[key])) for key, one in sums.items()]
        keys = [(one.metric, one.on, TIES[0]) for one in compared_figures()]
        return cls(rows, {key: (sums[key].value, draws[key].copy()) for key in keys if key in sums})


def _judged(judged: pl.DataFrame, name: str, cells: Sequence[_Cell]) -> list[_Judgement]:
    """Judge one model in every cell."""
    columns = judged.select(name, "label", "gap", "lead_months")
    if name == CAME:
        return [_Judgement.of(figures_of_risks(columns[one.at], name), one.drawn) for one in cells]
    capacity = capacity_list(judged, name)
    return [
        _Judgement.of(
            figures_of_model(
                columns[one.at], name, CapacityList(capacity.now.at(one.at), capacity.before[one.at])
            ),
            one.drawn,
        )
        for one in cells
    ]


def _rows(cell: _Cell, judgements: Mapping[str, _Judgement]) -> list[Row]:
    """Write a cell: every model's own figures, then how far the risk model is from each other one."""
    counts = (len(cell.at), cell.n_positive)
    figures = [
        (*cell.place, name, None, *row, *counts) for name, one in judgements.items() for row in one.figures
    ]
    differences = [
        (*cell.place, MODEL, name, *row, *counts)
        for name, one in judgements.items()
        if name not in (MODEL, CAME)
        for row in _differences(judgements[MODEL], one)
    ]
    return figures + differences


def _differences(own: _Judgement, theirs: _Judgement) -> list[Row]:
    """Subtract what models are compared by, where both are measured by it."""
    pairs = {key: (one, theirs.compared[key]) for key, one in own.compared.items() if key in theirs.compared}
    return [
        (*key, _known(value - other), *_bounds(draws - others))
        for key, ((value, draws), (other, others)) in pairs.items()
    ]


def _bounds(values: Floats) -> tuple[float | None, float | None]:
    return interval(values) if len(values) else (None, None)


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None
