"""What groups of the population get of the delivered list, where a survey weighs its households."""

import numpy as np
import polars as pl

from models.arrays import Flags, Floats
from models.evaluation.groups import FALLEN_AS
from models.evaluation.leaderboard import rows_of
from models.evaluation.weighted import season_weights
from models.figures import Figure, Figures
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, interval

#: What is weighed of a group, in the words of `models.evaluation.groups.audit`; gaps are in points.
SHARES = ("base_rate", "selection_rate", "precision_at_capacity", "recall_at_capacity", "omission_rate")
FIGURES = (*SHARES, "recall_gap", "omission_gap")
#: A gap, and the share that the group's is held against the others' in.
_GAPS = {"recall_gap": "recall_at_capacity", "omission_gap": "omission_rate"}
_POINTS = 100
_ENDS = ("", "_low", "_high")
_SCHEMA = {
    **dict.fromkeys(("group", "value", "figure"), pl.String()),
    **dict.fromkeys(("n", "n_positive", "n_weighted"), pl.Int64()),
    **dict.fromkeys([f"{side}{end}" for side in ("once", "weighted") for end in _ENDS], pl.Float64()),
}


def weighted_groups(listed: pl.DataFrame, groups: pl.DataFrame, bootstrap: Bootstrap) -> pl.DataFrame:
    """Measure the delivered list in every group, every household once and by its weight, pooled.

    Parameters
    ----------
    listed : DataFrame
        As `models.evaluation.weighted.weighted_figures` wants it, with the attributes audited.
    groups : DataFrame
        Pooled rows of `models.evaluation.groups.audit`, of the same list.
    bootstrap : Bootstrap
        Draws of clusters.

    Returns
    -------
    DataFrame
        A row a group and figure of `FIGURES`: ``group, value, figure, n, n_positive``, how many have a
        weight (``n_weighted``), ``once`` and ``weighted``, each with 95 % bounds; shares, and gaps to all
        others in points. Six decimals; missing where nobody stands below the line, or nobody has a
        weight. What `groups` hides of a group is not here, nor are groups of the outcome.
    """
    ordered = listed.sort("origin", "household_id")
    rows = ordered[rows_of(ordered, (POOLED, "all"))]
    drawn = Resampling(rows["cluster"], bootstrap.resamples, bootstrap.seed)
    published = groups.filter(pl.col("group") != FALLEN_AS).drop_nulls("recall_at_capacity")
    lines = [
        line for one in published.to_dicts() for line in _of_group(rows, one["group"], one["value"], drawn)
    ]
    return pl.DataFrame(lines, schema=_SCHEMA, infer_schema_length=None)


def _of_group(rows: pl.DataFrame, group: str, value: str, drawn: Resampling) -> list[dict[str, object]]:
    own = (rows[group] == value).fill_null(value=False).to_numpy()
    rest = rows[group].is_not_null().to_numpy() & ~own
    weight = season_weights(rows)
    of_group = {
        "group": group,
        "value": value,
        "n": int(own.sum()),
        "n_positive": int(rows.filter(pl.Series(own))["label"].sum()),
        "n_weighted": int((weight[own] > 0).sum()),
    }
    sides = {
        name: _bounded(rows, own, rest, counted, drawn)
        for name, counted in (("once", np.ones(len(rows))), ("weighted", weight))
    }
    return [
        {
            **of_group,
            "figure": name,
            **{f"{side}{end}": of[f"{name}{end}"] for side, of in sides.items() for end in _ENDS},
        }
        for name in FIGURES
    ]


def _bounded(
    rows: pl.DataFrame, own: Flags, rest: Flags, weight: Floats, drawn: Resampling
) -> dict[str, float | None]:
    """Give every figure under its name with its bounds, rows counting by a weight."""
    figures, others = _shares(rows, own * weight), _shares(rows, rest * weight)
    spread, spread_of_others = drawn.spread(figures), drawn.spread(others)
    known = {name: (one.value, spread[name]) for name, one in figures.items()}
    for gap, share in _GAPS.items():
        value = figures[share].value - others[share].value
        known[gap] = _POINTS * value, _POINTS * (spread[share] - spread_of_others[share])
    bounded: dict[str, float | None] = {}
    for name, (value, values) in known.items():
        ends = dict(zip(_ENDS, (value if np.isfinite(value) else None, *interval(values)), strict=True))
        bounded |= {f"{name}{end}": None if one is None else round(one, 6) for end, one in ends.items()}
    return bounded


def _shares(rows: pl.DataFrame, weight: Floats) -> Figures:
    """Measure those whom a weight counts."""
    fell, on_list = (rows[name].cast(pl.Float64).to_numpy() for name in ("label", "is_listed"))
    every, left = np.ones(len(rows)), 1 - on_list
    sides = (
        (fell, every),
        (on_list, every),
        (on_list * fell, on_list),
        (on_list * fell, fell),
        (left * fell, left),
    )
    return {name: Figure(*side).weighed(weight) for name, side in zip(SHARES, sides, strict=True)}
