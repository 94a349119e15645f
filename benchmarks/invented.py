"""Invented rows and models for the attribution to be timed on, of a shape of one's choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit

from models.arrays import Floats, Integers

SEED = 1
#: Share of the facts that stay from one year to the next (of the default run's it is 0.76), and by how many
#: standard deviations the others move.
STAYS, MOVES = 0.76, 0.5
MISSING = 0.1


@dataclass(frozen=True)
class Shape:
    """A model to time: its trees (arguments of `RiskModel`) and its features, dealt to the groups in turn."""

    label: str
    n_features: int
    n_groups: int
    trees: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rows:
    """Features of households, what became of them, and which features make up a group."""

    frame: pd.DataFrame
    label: Integers
    groups: dict[str, list[str]]


def invented(shape: Shape, n: int) -> Rows:
    """Features of a group share half their variance; groups act alone and in pairs; some are missing.

    Examples
    --------
    >>> rows = invented(Shape("", n_features=4, n_groups=2), 100)
    >>> rows.groups
    {'group_0': ['feature_0', 'feature_2'], 'group_1': ['feature_1', 'feature_3']}
    """
    generator = np.random.default_rng(SEED)
    group_of = np.arange(shape.n_features) % shape.n_groups
    factor = generator.normal(size=(n, shape.n_groups))
    matrix = (factor[:, group_of] + generator.normal(size=(n, shape.n_features))) / np.sqrt(2)
    label = _label(factor, matrix, generator)
    matrix[generator.random(matrix.shape) < MISSING] = np.nan
    names = [f"feature_{number}" for number in range(shape.n_features)]
    day, ids = np.datetime64("2024-12-31"), [f"H{number:05d}" for number in range(n)]
    index = pd.MultiIndex.from_product([ids, [day]])
    groups = {
        f"group_{one}": [name for name, group in zip(names, group_of, strict=True) if group == one]
        for one in range(shape.n_groups)
    }
    return Rows(pd.DataFrame(matrix, index=index, columns=pd.Index(names)), label, groups)


def _label(factor: Floats, matrix: Floats, generator: np.random.Generator) -> Integers:
    pairs = factor * np.roll(factor, 1, axis=1)
    strength = generator.normal(size=(factor.shape[1],))
    alone = matrix @ generator.normal(size=(matrix.shape[1],))
    margin: Floats = -1.5 + 0.6 * (factor @ strength + pairs @ strength[::-1] / 2 + 0.4 * alone)
    fell: Integers = np.less(generator.random(len(factor)), expit(margin)).astype(np.int64)
    return fell


def year_before(frame: pd.DataFrame) -> pd.DataFrame:
    """Let some facts move a little, as they do in a year; which are missing stays."""
    generator = np.random.default_rng(SEED)
    moved = generator.normal(scale=MOVES, size=frame.shape) * (generator.random(frame.shape) >= STAYS)
    return frame + moved
