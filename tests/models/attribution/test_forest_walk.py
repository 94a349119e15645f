import numpy as np
import pytest

from models.attribution.blocks import block_of
from models.attribution.forest import forest_of
from models.attribution.forest_walk import go
from models.attribution.tree_text import Tree

VALUES = np.array([[-1.0], [0.0], [1e-36], [0.5], [2.0], [np.nan]])


def ways(zero_left, missing_left, threshold=0.5):
    """What one split does to a small, a zero, an all but zero, an equal, a great and a missing value."""
    split = Tree(
        feature=np.array([0]),
        threshold=np.array([threshold]),
        zero_left=np.array([zero_left]),
        missing_left=np.array([missing_left]),
        children=np.array([[-1, -2]]),
        split_count=np.array([2]),
        leaf_count=np.array([1, 1]),
        leaf_value=np.array([-1.0, 1.0]),
    )
    way = np.full(len(VALUES), 9, np.uint8)
    go(block_of(VALUES), forest_of([split], [0]), 0, way)
    return way.tolist()


@pytest.mark.parametrize(("missing_left", "missing"), [(True, 0), (False, 1)])
def test_numbers_up_to_the_threshold_go_left_and_missing_ones_where_they_were_sent(missing_left, missing):
    assert ways(True, missing_left) == [0, 0, 0, 0, 1, missing]
    assert ways(False, missing_left, -0.5) == [0, 1, 1, 1, 1, missing]


@pytest.mark.parametrize(("missing_left", "missing"), [(True, 0), (False, 1)])
def test_where_a_zero_counts_as_missing_its_size_does_not_matter(missing_left, missing):
    assert ways(False, missing_left) == [0, 1, 1, 0, 1, missing]
    assert ways(True, missing_left, -0.5) == [0, 0, 0, 1, 1, missing]
