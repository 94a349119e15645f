"""Invented feature matrices with a known dependence, for the tests of models."""

import numpy as np
import pandas as pd

NAMES = ["income", "illness", "debt", "noise"]


def invented(n=1200, seed=0, names=NAMES):
    """Households whose odds fall with the first column and rise with the second; 10 % missing."""
    generator = np.random.default_rng(seed)
    matrix = generator.normal(size=(n, len(names)))
    margin = -1.5 - 1.2 * matrix[:, 0] + 0.8 * matrix[:, 1]
    label = (generator.random(n) < 1 / (1 + np.exp(-margin))).astype(np.int64)
    matrix[generator.random(matrix.shape) < 0.1] = np.nan
    households = [f"H{i // 2:05d}" for i in range(n)]
    dates = np.array([np.datetime64("2024-03-31"), np.datetime64("2024-06-30")] * (n // 2))
    index = pd.MultiIndex.from_arrays([households, dates], names=["household_id", "as_of_date"])
    return pd.DataFrame(matrix, index=index, columns=names), label
