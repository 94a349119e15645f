"""How sure a figure is: whole villages (or households) are drawn again, with all their rows."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import polars as pl

from models.arrays import Floats
from models.figures import Figure, Figures, ratio

#: Draws turned into floats at once; they go in blocks of it, small enough for the cache.
BLOCK = 400_000

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Bootstrap:
    """How often clusters are drawn again, and from which seed."""

    resamples: int
    seed: int


@dataclass(frozen=True)
class Summed:
    """A figure of which only the sums of every cluster are kept: all that drawing clusters again needs.

    Attributes
    ----------
    value, start : float
        As of the `models.figures.Figure`.
    part, whole : ndarray, shape (n_clusters,)
        Sums over the rows of each cluster.
    """

    value: float
    start: float
    part: Floats
    whole: Floats


class Resampling:
    """The same draws of clusters for every figure of a sample, so that differences are paired.

    Parameters
    ----------
    clusters : Series, shape (n_rows,)
        What each row is drawn with.
    resamples : int
        How many draws.
    seed : int
        Of the draws.
    """

    def __init__(self, clusters: pl.Series, resamples: int, seed: int) -> None:
        self._cluster = clusters.rank("dense").to_numpy().astype(np.int64) - 1
        self.n_clusters = int(self._cluster.max()) + 1 if len(clusters) else 0
        generator = np.random.default_rng(seed)
        n = self.n_clusters
        drawn = [np.bincount(generator.integers(0, n, n), minlength=n) for _ in range(resamples if n else 0)]
        self._times = np.array(drawn, dtype=np.uint8).reshape(len(drawn), n)

    def spread(self, figures: Mapping[Name, Figure]) -> dict[Name, Floats]:
        """Work figures out for every draw.

        Returns
        -------
        dict of name to ndarray, shape (resamples,)
            NaN where a draw leaves nothing below the line.
        """
        return self.spread_of_sums({name: self.summed(one) for name, one in figures.items()})

    def summed(self, figure: Figure) -> Summed:
        """Add a figure up by cluster, so that its rows need not be kept for the draws."""
        return Summed(figure.value, figure.start, self._sums(figure.part), self._sums(figure.whole))

    def spread_of_sums(self, figures: Mapping[Name, Summed]) -> dict[Name, Floats]:
        """Work figures out for every draw, as `spread` does, from what `summed` kept of them."""
        if not figures:
            return {}
        sums = np.column_stack([side for one in figures.values() for side in (one.part, one.whole)])
        drawn = np.concatenate([np.empty((0, sums.shape[1])), *(times @ sums for times in self._blocks())])
        return {
            name: ratio(drawn[:, 2 * place], drawn[:, 2 * place + 1], one.start)
            for place, (name, one) in enumerate(figures.items())
        }

    def _sums(self, column: Floats) -> Floats:
        return np.bincount(self._cluster, column, self.n_clusters).astype(np.float64, copy=False)

    def _blocks(self) -> Iterator[Floats]:
        step = max(1, BLOCK // max(self.n_clusters, 1))
        for start in range(0, len(self._times), step):
            yield self._times[start : start + step].astype(np.float64)


def interval(values: Floats) -> tuple[float | None, float | None]:
    """Give the 95 % interval of resampled values; nothing when more than 1 % are missing."""
    known: Floats = values[np.isfinite(values)]
    if len(known) < 0.99 * len(values) or not len(known):
        return None, None
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)


def with_bounds(figures: Figures, drawn: Resampling, digits: int = 6) -> dict[str, float | None]:
    """Give every figure under its name, and its 95 % interval under ``_low`` and ``_high``.

    Returns
    -------
    dict of str to float or None
        To so many digits; missing where nothing stands below the line.

    Examples
    --------
    >>> from models.figures import Figure
    >>> half = Figure(np.array([1.0, 0.0]), np.array([1.0, 1.0]))
    >>> with_bounds({"share": half}, Resampling(pl.Series(["V1", "V2"]), 0, 1))
    {'share': 0.5, 'share_low': None, 'share_high': None}
    """
    bounded: dict[str, float | None] = {}
    spread = drawn.spread(figures)
    for name, figure in figures.items():
        low, high = interval(spread[name])
        value = figure.value if np.isfinite(figure.value) else None
        ends = {name: value, f"{name}_low": low, f"{name}_high": high}
        bounded |= {key: None if one is None else round(one, digits) for key, one in ends.items()}
    return bounded
