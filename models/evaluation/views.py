"""Which figures the tables show and what they are called, derived from the declared metrics."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from models.evaluation.declaration import CAPACITY, LISTS, OWN_LENGTH, TIES, Metric, declared_metrics

#: What stands around a metric's words where it is of several lists.
_OF_LIST = {
    **{one: (f"前{one}%{{zh}}", f"{{en}} at {one} %") for one in LISTS},
    CAPACITY: ("名额内{zh}", "{en} at capacity"),
    OWN_LENGTH: ("{zh}", "{en}"),
}


@dataclass(frozen=True)
class At:
    """A metric, and the list it is of, if any.

    Examples
    --------
    >>> At("precision", "capacity").name, At("exclusion_error", "capacity").name, At("auc").name
    ('precision_at_capacity', 'exclusion_error', 'auc')
    >>> At("precision", "10").words
    ('前10%命中率', 'precision at 10 %')
    """

    metric: str
    on: str | None = None

    @property
    def declared(self) -> Metric:
        """The metric's declaration."""
        return next(one for one in declared_metrics() if one.name == self.metric)

    @property
    def name(self) -> str:
        """What ``metrics.json`` calls it: with its list, where the metric is of several."""
        return f"{self.metric}_at_{self.on}" if len(self.declared.lists) > 1 else self.metric

    @property
    def words(self) -> tuple[str, str]:
        """What readers call it, Chinese first."""
        own, several = self.declared, len(self.declared.lists) > 1
        zh, en = _OF_LIST[self.on or ""] if several else ("{zh}", "{en}")
        return zh.format(zh=own.zh), en.format(en=own.en)


def every_figure() -> dict[str, At]:
    """Give every declared figure by its name."""
    figures = (At(one.name, on) for one in declared_metrics() for on in one.lists or (None,))
    return {one.name: one for one in figures}


def headline_figures() -> tuple[At, ...]:
    """Give the few figures a model is summed up by."""
    return tuple(one for one in every_figure().values() if one.on in one.declared.headline)


def compared_figures() -> tuple[At, ...]:
    """Give the figures models are told apart by, pair by pair."""
    return tuple(one for one in every_figure().values() if one.on in one.declared.compared)


def headline_comparisons() -> tuple[At, ...]:
    """Give those that are both."""
    return tuple(one for one in headline_figures() if one.on in one.declared.compared)


def delivery_headlines() -> tuple[At, ...]:
    """Give those of them that are of no list, or of the list of the real visits."""
    return tuple(one for one in headline_figures() if one.on in (None, CAPACITY))


def summary_figures() -> tuple[At, ...]:
    """Give the few that do not hang on how many visits there are."""
    return tuple(one for one in headline_figures() if one.on != CAPACITY and one.declared.aim is not None)


def figures_of_board() -> tuple[At, ...]:
    """Give what tells whole rankings and risks apart, off the list of the real visits."""
    ranked = [one for one in compared_figures() if one.on != CAPACITY]
    scores = [At(one.name) for one in declared_metrics() if one.of == "risk" and isinstance(one.aim, str)]
    return (*ranked, *scores)


def figures_at_capacity() -> tuple[At, ...]:
    """Give what is aimed at with the list of the real visits."""
    return tuple(
        one for one in every_figure().values() if one.on == CAPACITY and one.declared.aim is not None
    )


def figures_at_own_length() -> tuple[At, ...]:
    """Give what is told of all that a rule names."""
    return tuple(one for one in every_figure().values() if one.on == OWN_LENGTH)


def figures_of_risk() -> tuple[At, ...]:
    """Give what is aimed at with risks."""
    return tuple(At(one.name) for one in declared_metrics() if one.of == "risk" and one.aim is not None)


def named_figures(board: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Name the figures themselves, no differences and no other order of ties."""
    for row in board.filter(pl.col("compared_with").is_null(), ties=TIES[0]).iter_rows(named=True):
        yield {**row, "name": At(row["metric"], row["list"]).name}
