"""The figures of one model on the rows of one cell, one after the other: no two need stand in memory."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import polars as pl

from models.arrays import Floats, Integers
from models.evaluation.capacity_lists import CapacityList
from models.evaluation.declaration import CAPACITY, OWN_LENGTH, SHARES, TIES, Key, Metric, metrics_of
from models.evaluation.listing import Listing, listing, own_listing
from models.evaluation.metrics.listed import Aftermath, Listed
from models.evaluation.metrics.ranking import Ranking
from models.evaluation.metrics.risk import Risks
from models.evaluation.untrained_baselines import RULES, UNTRAINED
from models.figures import Figure

Figures = Iterator[tuple[Key, Figure]]
#: A list, and what it is in every order of its ties.
Lists = Iterator[tuple[str, Mapping[str, Listed]]]


def is_risk(name: str, score: Floats) -> bool:
    """Tell whether a score is a probability: trained, and never outside [0, 1]."""
    return bool(name not in UNTRAINED and len(score) and score.min() >= 0 and score.max() <= 1)


def aftermath(rows: pl.DataFrame, before: Floats) -> Aftermath:
    """Take what is known of rows from ``label, gap, lead_months``; `before` is how much was listed then."""
    gap, lead = (rows[name].fill_null(np.nan).to_numpy() for name in ("gap", "lead_months"))
    return Aftermath(rows["label"].cast(pl.Float64).to_numpy(), np.nan_to_num(gap), lead, before)


def figures_of_model(rows: pl.DataFrame, name: str, capacity: CapacityList) -> Figures:
    """Measure one model on the rows of a cell.

    Parameters
    ----------
    rows : DataFrame
        The model's scores in the column `name`, ``label, gap, lead_months``.
    name : str
        Of the model.
    capacity : CapacityList
        Its list at the real visits, of these rows.

    Yields
    ------
    tuple of (Key, Figure)
        Every declared metric that a model of its kind has.
    """
    score, label = rows[name].to_numpy(), rows["label"].cast(pl.Int64).to_numpy()
    ranking, after = Ranking(score, label), aftermath(rows, capacity.before)
    yield from _measured(metrics_of("ranking"), {TIES[0]: ranking})
    for on, orders in _lists(name, score, label, ranking, after, capacity):
        yield from _measured((one for one in metrics_of("list") if on in one.lists), orders, on)
    if is_risk(name, score):
        yield from figures_of_risks(rows, name)


def figures_of_risks(rows: pl.DataFrame, name: str) -> Figures:
    """Measure risks alone (`rows` as of `figures_of_model`)."""
    risks = Risks(rows[name].to_numpy(), rows["label"].cast(pl.Int64).to_numpy())
    yield from _measured(metrics_of("risk"), {TIES[0]: risks})


def _lists(
    name: str, score: Floats, label: Integers, ranking: Ranking, after: Aftermath, capacity: CapacityList
) -> Lists:
    """List so many percent of everybody, wherever they live; then the real visits; then all a rule names."""
    everywhere = np.zeros(len(label), dtype=np.int64)
    for percent in SHARES:
        listed = listing(score, label, everywhere, np.full(len(label), len(label) * percent / 100))
        of_all, marginal = listed.mean.mean(), ranking.marginal_precision(percent)
        yield (
            f"{percent}",
            {order: after.drawn_up_anew(getattr(listed, order), of_all, marginal) for order in TIES},
        )
    yield CAPACITY, _in_every_order(capacity.now, after)
    if name in RULES:
        yield OWN_LENGTH, {TIES[0]: after.as_handed_out(own_listing(score))}


def _in_every_order(listed: Listing, after: Aftermath) -> dict[str, Listed]:
    return {order: after.as_handed_out(getattr(listed, order)) for order in TIES}


def _measured(metrics: Iterable[Metric], orders: Mapping[str, object], on: str | None = None) -> Figures:
    for one in metrics:
        yield from one.figures(orders, on).items()
