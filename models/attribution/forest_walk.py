"""The compiled question of a split: left or right."""

import numpy as np

from models.arrays import Bytes, Floats
from models.attribution.edge_walk import compiled
from models.attribution.forest import Forest


@compiled
def go(block: Floats, forest: Forest, split: int, way: Bytes) -> None:
    """Set for each row whether it goes left (0) or right (1) at a split."""
    values, threshold = block[forest.feature[split]], forest.threshold[split]
    zero, missing = np.uint8(not forest.zero_left[split]), np.uint8(not forest.missing_left[split])
    if forest.zero_left[split] == (
        threshold >= 0.0
    ):  # a zero goes where its size says: one question is enough
        _compare(values, threshold, missing, way)
        return
    for row in range(len(way)):
        value = values[row]
        taken = np.uint8(value > threshold)
        taken = zero if value == 0.0 else taken
        way[row] = missing if np.isnan(value) else taken


@compiled
def _compare(values: Floats, threshold: float, missing: np.uint8, way: Bytes) -> None:
    """Send numbers up to the threshold left, others right, and what is missing with either."""
    if missing:
        for row in range(len(way)):
            way[row] = np.uint8(not values[row] <= threshold)
    else:
        for row in range(len(way)):
            way[row] = np.uint8(values[row] > threshold)
