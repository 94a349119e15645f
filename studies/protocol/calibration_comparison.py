"""Calibration maps compared on past seasons: fitted on what was closed, judged on the next."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import expit
from scipy.stats import t

from models.arrays import Floats, Integers
from models.evaluation.declaration import measure
from models.evaluation.metrics.risk import Risks
from models.figures import Figure, Figures
from models.names import POOLED
from models.resampling import Bootstrap, Resampling, interval
from models.risk.calibration.maps import IN_USE, MAPS, fit_map

#: What is known of a judged row besides the risk every map reads from it.
JUDGED = ("origin", "as_of_date", "cluster", "label")
FIGURES = ("log_loss", "brier", "bias", "slope")
#: Figures a map is held against the one in use by; lower is better.
LOSSES = ("log_loss", "brier")


def past_readings(late: pl.DataFrame, min_positives: int) -> pl.DataFrame:
    """Fit every map on the seasons before each past season and read that season with it.

    Parameters
    ----------
    late : DataFrame
        ``origin, as_of_date, cluster, label`` (0 or 1) and ``raw`` margins of rows that became
        known in the last label window before one origin, by members that had not seen them.
    min_positives : int
        Seasons before which fewer fell (or held) are not judged.

    Returns
    -------
    DataFrame
        `JUDGED` and the risk by every map of `MAPS`. Nothing known after the origin has a part in it.
    """
    days = late["as_of_date"].unique().sort().to_list()
    parts = [late.clear().select(*JUDGED, *(pl.lit(0.0).alias(name) for name in MAPS))]
    for day in days[1:]:
        closed, season = late.filter(pl.col("as_of_date") < day), late.filter(pl.col("as_of_date") == day)
        n_positive = int(closed["label"].sum())
        if min(n_positive, len(closed) - n_positive) >= min_positives:
            parts.append(readings(closed, season))
    return pl.concat(parts)


def readings(closed: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """Fit every map on the closed rows (``raw, label``) and read the rows asked for with it."""
    raw, label = closed["raw"].to_numpy(), closed["label"].to_numpy().astype(np.int64)
    read = {name: expit(fit_map(raw, label, name).margin(judged["raw"].to_numpy())) for name in MAPS}
    return judged.select(*JUDGED, *(pl.Series(name, risk) for name, risk in read.items()))


def compared(read: pl.DataFrame, bootstrap: Bootstrap) -> pl.DataFrame:
    """Judge every map, by origin and season, by origin, and pooled.

    Parameters
    ----------
    read : DataFrame
        As `past_readings` gives it.
    bootstrap : Bootstrap
        Draws of clusters.

    Returns
    -------
    DataFrame
        ``origin, season, map, metric, value, low, high, n, n_positive``; metrics are `FIGURES`,
        ``regret`` (log loss above the best map's there) and, against the map in use and paired,
        ``log_loss_difference, brier_difference``: below zero the map is better.
    """
    rows = [row for place in _places(read) for row in _judged(*place, bootstrap)]
    names = ("origin", "season", "map", "metric", "value", "low", "high", "n", "n_positive")
    return pl.DataFrame(rows, schema=list(names), orient="row").with_columns(
        pl.col("value", "low", "high").cast(pl.Float64).round(6)
    )


@dataclass(frozen=True)
class Verdict:
    """Which map past seasons speak for.

    Attributes
    ----------
    name : str
        The one in use, unless another is clearly better: its paired difference in log loss lies
        entirely below zero, all past seasons pooled, both when clusters are drawn again and
        by what it was from season to season (Student's interval of the seasons' means).
    better : tuple of str
        All maps of which that is true, the best first.
    """

    name: str
    better: tuple[str, ...]


def verdict(table: pl.DataFrame, origin: str = POOLED) -> Verdict:
    """Hold the table of past seasons to DESIGN 7: the map in use, unless another is clearly better."""
    differences = table.filter(metric="log_loss_difference").filter(pl.col("map") != IN_USE)
    pooled = differences.filter(pl.col("high") < 0, origin=origin, season=POOLED).sort("value", "map")
    seasons = differences.filter(
        pl.col("season") != POOLED, (pl.col("origin") == origin) | (origin == POOLED)
    )
    better = tuple(name for name in pooled["map"].to_list() if _every_season(seasons.filter(map=name)))
    return Verdict(better[0] if better else IN_USE, better)


def _every_season(rows: pl.DataFrame) -> bool:
    """Tell whether a difference is below zero beyond what seasons do: they move together, each as a whole."""
    means = rows.group_by("season").agg(pl.col("value").sort().mean()).sort("season")["value"].to_numpy()
    if len(means) < 2:
        return False
    reach = t.ppf(0.975, len(means) - 1) * means.std(ddof=1) / np.sqrt(len(means))
    return bool(means.mean() + reach < 0)


def _places(read: pl.DataFrame) -> Iterator[tuple[str, str, pl.DataFrame]]:
    for (origin,), rows in read.sort("origin", "as_of_date").group_by("origin", maintain_order=True):
        for (day,), season in rows.group_by("as_of_date", maintain_order=True):
            yield str(origin), str(day), season
        yield str(origin), POOLED, rows
    if len(read):
        yield POOLED, POOLED, read


def _judged(origin: str, season: str, rows: pl.DataFrame, bootstrap: Bootstrap) -> list[tuple[object, ...]]:
    label = rows["label"].to_numpy().astype(np.int64)
    drawn = Resampling(rows["cluster"], bootstrap.resamples, bootstrap.seed)
    figures = {name: _figures(rows[name].to_numpy(), label) for name in MAPS}
    spread = {name: drawn.spread(one) for name, one in figures.items()}
    least = min(one["log_loss"].value for one in figures.values())
    counts = (len(rows), int(label.sum()))
    table: list[tuple[object, ...]] = []
    for name, figure in figures.items():
        lines = [(one, figure[one].value, *interval(spread[name][one])) for one in FIGURES]
        lines.append(("regret", figure["log_loss"].value - least, None, None))
        for loss in LOSSES:
            apart = spread[name][loss] - spread[IN_USE][loss]
            value = figure[loss].value - figures[IN_USE][loss].value
            lines.append((f"{loss}_difference", value, *interval(apart)))
        table += [(origin, season, name, *row, *counts) for row in lines]
    return table


def _figures(risk: Floats, label: Integers) -> Figures:
    return {**measure("risk", Risks(risk, label)), "brier": Figure((risk - label) ** 2, np.ones(len(label)))}
