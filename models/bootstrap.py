"""How sure a figure is: households are drawn again, with all their rows."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Measures = Mapping[str, Callable[[Floats], dict[str, Floats]]]

#: Weights held at once; resamples go in blocks of it, small enough for the processor's cache.
BLOCK = 400_000


def measure(
    measures: Measures, quick: Measures, household_ids: pl.Series, resamples: int, seed: int
) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, Floats]]]:
    """Measure several models on the sample and on the same resamples of households.

    Parameters
    ----------
    measures : mapping of str to callable
        For each model, weights of shape (k, n) to figures of length k: for the sample.
    quick : mapping of str to callable
        The same for the resamples, where a little roughness is drowned by chance.
    household_ids : Series
        The household of each row.
    resamples : int
        How many.
    seed : int
        Of the draws.

    Returns
    -------
    tuple of dict
        Figures of the sample, and of the resamples, by model and name.
    """
    once = np.ones((1, len(household_ids)))
    point = {
        model: {name: float(value[0]) for name, value in of(once).items()} for model, of in measures.items()
    }
    blocks = [
        {model: of(weights) for model, of in quick.items()}
        for weights in _resampled(household_ids, resamples, seed)
    ]
    spread = {
        model: {name: np.concatenate([block[model][name] for block in blocks]) for name in point[model]}
        for model in quick
        if blocks
    }
    return point, spread


def interval(values: Floats) -> tuple[float | None, float | None]:
    """Give the 95 % interval of resampled values; nothing when more than 1 % are missing."""
    known = values[np.isfinite(values)]
    if len(known) < 0.99 * len(values) or not len(known):
        return None, None
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)


def _resampled(household_ids: pl.Series, resamples: int, seed: int) -> Iterator[Floats]:
    households = household_ids.rank("dense").to_numpy().astype(np.int64) - 1
    n_households = int(households.max()) + 1 if len(households) else 0
    generator = np.random.default_rng(seed)
    block = max(1, BLOCK // max(len(households), 1))
    for start in range(0, resamples if n_households else 0, block):
        drawn = [
            np.bincount(generator.integers(0, n_households, n_households), minlength=n_households)
            for _ in range(min(block, resamples - start))
        ]
        yield np.stack(drawn).astype(np.float64)[:, households]
