"""Invented households with a recorded cause, for tests of the forecast of causes."""

import numpy as np
import pandas as pd
import polars as pl

from features.declaration import CAUSES, declared_features

DECLARED = [one for one in declared_features() if one.group in ("illness", "employment", "income")]
NAMES = [one.name for one in DECLARED]
DAY = np.datetime64("2023-12-31", "s")


def first_raising(group):
    """Name the first feature of a cause that raises the risk."""
    return next(one.name for one in DECLARED if one.group == group and one.direction > 0)


def recorded(n=400, seed=0):
    """Half fell ill, half lost their work; each shows it in one feature of its cause, the rest is chance.

    Returns
    -------
    tuple of (DataFrame, ndarray of int)
        Features, some of them missing, and the place of the cause in `CAUSES`.
    """
    generator = np.random.default_rng(seed)
    is_ill = generator.random(n) < 0.5
    matrix = generator.normal(size=(n, len(NAMES)))
    for group, struck in (("illness", is_ill), ("employment", ~is_ill)):
        matrix[:, NAMES.index(first_raising(group))] += 2.0 * struck
    matrix[generator.random(matrix.shape) < 0.1] = np.nan
    index = pd.MultiIndex.from_product([[f"H{one:04}" for one in range(n)], [DAY]])
    frame = pd.DataFrame(matrix, index.set_names(["household_id", "as_of_date"]), NAMES)
    places = [CAUSES.index("illness"), CAUSES.index("employment")]
    return frame, np.where(is_ill, *places)


def judged(right, usual=None, share=0.7, villages=40):
    """One row a household: whether the forecast is right, whether the commonest cause is."""
    usual = [False] * len(right) if usual is None else usual
    return pl.DataFrame(
        {
            "county_id": "C1",
            "village_id": [f"V{one % villages}" for one in range(len(right))],
            "household_id": [f"H{one:04}" for one in range(len(right))],
            "cause": "illness",
            "named": ["illness" if one else "water" for one in right],
            "share": share,
            "commonest": ["illness" if one else "water" for one in usual],
        }
    )
