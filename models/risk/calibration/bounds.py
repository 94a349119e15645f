"""Venn-Abers bounds of a risk, by steps of the raw margin."""

import warnings
from dataclasses import dataclass
from typing import Self

import numpy as np

from models.arrays import Floats, Integers

#: Steps of the bounds: enough to follow them, too few to give a household away.
N_STEPS = 200


@dataclass(frozen=True)
class RiskBounds:
    """Between what two risks a raw margin leaves the outcome; as it stands, nothing is ruled out.

    Attributes
    ----------
    edges : tuple of float, shape (n_steps - 1,)
        Raw margins between the steps.
    low, high : tuple of float, shape (n_steps,)
        Risks of each step.
    """

    edges: tuple[float, ...] = ()
    low: tuple[float, ...] = (0.0,)
    high: tuple[float, ...] = (1.0,)

    @classmethod
    def fit(cls, raw: Floats, label: Integers) -> Self:
        """Fit on raw margins of rows the model has not seen, and their outcomes (0 or 1)."""
        edges = np.unique(np.quantile(raw, np.linspace(0, 1, N_STEPS + 1)[1:-1]))
        steps = np.searchsorted(edges, raw, side="right")
        present, score = np.unique(steps, return_inverse=True)
        edges = edges[present[1:] - 1]
        low, high = _bounds_by_step(score / len(present), label)
        return cls(tuple(edges.tolist()), tuple(low.tolist()), tuple(high.tolist()))


def _bounds_by_step(score: Floats, label: Integers) -> tuple[Floats, Floats]:
    from venn_abers import VennAbers  # slow to import, needed once a training

    bounds = VennAbers()
    distinct = np.unique(score)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # The package divides 0 by 0 where two steps meet and drops the result itself.
        warnings.simplefilter("ignore", RuntimeWarning)
        bounds.fit(np.column_stack([1 - score, score]), label.astype(float))
    _, pairs = bounds.predict_proba(np.column_stack([1 - distinct, distinct]))
    clipped = np.clip(pairs, 0, 1)
    return clipped[:, 0], clipped[:, 1]
