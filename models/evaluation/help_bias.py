"""What help does to the figures: who was helped and held counts as one that never would have fallen.

Help is given to those in trouble, and works. So who was helped inside the label window is
neither like the others nor shows what would have been: the figures are told again without them.
Risks are those read for the line as it came, as everywhere that a level is judged (ADR 23).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from models.arrays import Flags, Floats
from models.evaluation.board import CAME, MODEL
from models.evaluation.capacity_lists import capacity_list
from models.evaluation.disclosure import is_hidden
from models.evaluation.leaderboard import rows_of
from models.evaluation.measured import aftermath
from models.evaluation.metrics.ranking import Ranking
from models.evaluation.metrics.risk import Risks
from models.evaluation.views import At, delivery_headlines
from models.figures import Figure, Figures
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, interval

#: Column of the group a household belongs to by the help it got.
HELP = "help"
NONE, RUNNING, BEGUN = "none", "running", "begun"
GROUPS = (NONE, RUNNING, BEGUN)
#: Households of about the same risk, among whom those without new help stand for those with it.
STRATA = 20
#: Told of every group of help.
OF_GROUP = (At("base_rate"), At("mean_risk"), At("bias"), At("auc"))
_ENDS = ("", "_low", "_high")
#: Where `without_begun` tells a figure: of all rows, of those without, the difference, weighted.
_SIDES = ("value", "value_without", "difference", "value_weighted")
#: All that is read of a row; the scores of other models, which are most of it, are not copied.
_OF_ROW = ("household_id", "origin", "is_return", "label", "cluster", "place", "visits", "gap", "lead_months")
_NEEDED = (*_OF_ROW, MODEL, CAME, HELP)
_FIGURES = {f"{one.metric}{end}": pl.Float64() for one in OF_GROUP for end in _ENDS}
_BY_HELP = {HELP: pl.String(), "n": pl.Int64(), "n_positive": pl.Int64(), **_FIGURES}
_COMPARISON = {"metric": pl.String(), **{f"{side}{end}": pl.Float64() for side in _SIDES for end in _ENDS}}

Measured = tuple[Figures, Mapping[str, Floats]]


def with_help(rows: pl.DataFrame, begun: pl.DataFrame) -> pl.DataFrame:
    """Mark each row by the help the household got.

    Parameters
    ----------
    rows : DataFrame
        ``household_id, as_of_date``, ``under_help`` (bool, at the date) and ``seen_on`` (day of
        the first sight of the outcome, missing where there was none).
    begun : DataFrame
        `models.labels.help_given.help_begun`.

    Returns
    -------
    DataFrame
        `rows` with ``help`` instead of the last two: ``begun`` where a measure began inside
        the label window and before the outcome, whether or not another ran at the date;
        ``running`` where one ran at the date and none began; else ``none``.
    """
    joined = rows.join(begun, on=["household_id", "as_of_date"], how="left")
    before = pl.col("seen_on").is_null() | (pl.col("help_began_on") < pl.col("seen_on"))
    began = (pl.col("help_began_on").is_not_null() & before).fill_null(value=False)
    group = pl.when(began).then(pl.lit(BEGUN)).when("under_help").then(pl.lit(RUNNING))
    return joined.with_columns(group.otherwise(pl.lit(NONE)).alias(HELP)).drop(
        "help_began_on", "seen_on", "under_help"
    )


def by_help(judged: pl.DataFrame, bootstrap: Bootstrap) -> pl.DataFrame:
    """Judge the risk in each group of help, all judged seasons pooled.

    Parameters
    ----------
    judged : DataFrame
        As `models.evaluation.leaderboard.leaderboard` wants it, and ``help``.
    bootstrap : Bootstrap
        Draws of clusters.

    Returns
    -------
    DataFrame
        ``help, n, n_positive``; ``base_rate, mean_risk, bias, auc`` each with ``_low`` and
        ``_high`` (95 %), six decimals. A group with a small cell, and the next smallest,
        which would tell it, show their size alone; a small size is not shown either
        (models.evaluation.disclosure). A group nobody is in is left out.
    """
    rows, drawn = _known(judged, bootstrap)
    lines = [_of_group(rows, one, drawn) for one in GROUPS if one in rows[HELP]]
    table = pl.DataFrame(lines, schema=_BY_HELP)
    held = table.with_columns((pl.col("n") - pl.col("n_positive")).alias("held"), whole=pl.lit("all"))
    hidden = {one: is_hidden(one, "whole", HELP) for one in ("n", "n_positive", "held")}
    published = held.with_columns(
        pl.when(~hidden["n"]).then(pl.col("n")),
        pl.when(~pl.any_horizontal(hidden.values())).then(pl.col("n_positive", *_FIGURES)),
    )
    return published.drop("held", "whole").with_columns(pl.col(list(_FIGURES)).round(6))


def without_begun(judged: pl.DataFrame, bootstrap: Bootstrap) -> pl.DataFrame:
    """Tell the headline figures again as if who got new help inside the window were not known.

    Parameters
    ----------
    judged, bootstrap
        As of `by_help`.

    Returns
    -------
    DataFrame
        ``metric``; ``value, low, high`` of all; ``value_without`` ... of the rows without
        help begun inside the window, their lists as they were; ``difference`` ... (without
        less all, the same draws); ``value_weighted`` ...: the same rows, each standing also
        for those with new help at about its risk (`STRATA` equal groups), shares alone.
    """
    rows, drawn = _known(judged, bootstrap)
    kept = (rows[HELP] != BEGUN).to_numpy()
    weight = np.where(kept, _stands_for(rows[MODEL].to_numpy(), kept), 0.0)
    headlines = delivery_headlines()
    whole, without = (_figures(rows, one, headlines) for one in (np.ones(len(rows), dtype=bool), kept))
    # A share of sums stays one under weights.
    weighted = {name: _times(one, weight) for name, one in without.items() if not one.is_linear}
    measurements = [(one, drawn.spread(one)) for one in (whole, without, weighted)]
    lines = [_compared(one.name, measurements) for one in headlines]
    return pl.DataFrame(lines, schema=_COMPARISON).with_columns(pl.col(pl.Float64).round(6))


def _known(judged: pl.DataFrame, bootstrap: Bootstrap) -> tuple[pl.DataFrame, Resampling]:
    ordered = judged.select(_NEEDED).sort("origin", "household_id")
    listed = pl.Series("listed", capacity_list(ordered, MODEL).now.mean)
    rows = ordered.with_columns(listed)[rows_of(ordered, (POOLED, "all"))]
    return rows, Resampling(rows["cluster"], bootstrap.resamples, bootstrap.seed)


def _of_group(rows: pl.DataFrame, group: str, drawn: Resampling) -> dict[str, object]:
    own = (rows[HELP] == group).to_numpy()
    figures = _figures(rows, own, OF_GROUP)
    measured = (figures, drawn.spread(figures))
    return {
        HELP: group,
        "n": int(own.sum()),
        "n_positive": int(rows["label"].to_numpy()[own].sum()),
        **{name: value for one in OF_GROUP for name, value in _row(one.name, measured, one.name).items()},
    }


def _figures(rows: pl.DataFrame, own: Flags, figures: Sequence[At]) -> Figures:
    """Measure the model on some of the rows, its list at capacity as it was drawn up of all."""
    if not own.any():
        return {}
    kept = rows.filter(own)
    label, risk = kept["label"].cast(pl.Int64).to_numpy(), kept[MODEL].to_numpy()
    samples = {
        "ranking": Ranking(risk, label),
        "risk": Risks(kept[CAME].to_numpy(), label),
        "list": aftermath(kept, np.full(len(kept), np.nan)).as_handed_out(kept["listed"].to_numpy()),
    }
    metrics = {one.name: one.declared for one in figures}
    return {name: _among_all(one.formula(samples[one.of]), own) for name, one in metrics.items()}


def _among_all(figure: Figure, own: Flags) -> Figure:
    """Let the other rows add nothing, so that the same draws serve every group."""
    part, whole = np.zeros(len(own)), np.zeros(len(own))
    part[own], whole[own] = figure.part, figure.whole
    return replace(figure, part=part, whole=whole)


def _stands_for(risk: Floats, kept: Flags) -> Floats:
    """Say how many rows of about its risk a kept row stands for; none where a stratum keeps nobody."""
    place = np.argsort(np.argsort(risk, kind="stable"), kind="stable")
    stratum = place * STRATA // max(len(risk), 1)
    everybody, left = (np.bincount(stratum[one], minlength=STRATA) for one in (np.ones_like(kept), kept))
    weight: Floats = np.divide(everybody, left, out=np.zeros(STRATA), where=left > 0)[stratum]
    return weight


def _times(figure: Figure, weight: Floats) -> Figure:
    return Figure(figure.part * weight, figure.whole * weight, figure.start)


def _compared(metric: str, measurements: Sequence[Measured]) -> dict[str, object]:
    whole, without, weighted = measurements
    return {
        "metric": metric,
        **_row("value", whole, metric),
        **_row("value_without", without, metric),
        **_difference(metric, without, whole),
        **_row("value_weighted", weighted, metric),
    }


def _difference(metric: str, own: Measured, other: Measured) -> dict[str, float | None]:
    if metric not in own[0]:
        return dict.fromkeys((f"difference{end}" for end in _ENDS), None)
    value = own[0][metric].value - other[0][metric].value
    return _ends("difference", value, own[1][metric] - other[1][metric])


def _row(name: str, measured: Measured, metric: str) -> dict[str, float | None]:
    figures, spread = measured
    if metric not in figures:
        return dict.fromkeys((f"{name}{end}" for end in _ENDS), None)
    return _ends(name, figures[metric].value, spread[metric])


def _ends(name: str, value: float, spread: Floats) -> dict[str, float | None]:
    bounds = interval(spread) if len(spread) else (None, None)
    ends = (value if np.isfinite(value) else None, *bounds)
    return dict(zip((f"{name}{end}" for end in _ENDS), ends, strict=True))
