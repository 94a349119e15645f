import numpy as np

from models.attribution.contrast_walk import walk_pairs
from models.attribution.forest import Forest


def test_a_leaf_that_two_causes_reach_together_is_shared_in_halves():
    """A tree asks for cause 0, then for cause 1; only who has both is at risk; both are new."""
    forest = Forest(
        first=np.array([0, 2]),
        cause=np.array([0, 1]),
        feature=np.array([0, 1]),
        threshold=np.array([0.5, 0.5]),
        zero_left=np.array([True, True]),
        missing_left=np.array([True, True]),
        children=np.array([[-1, 1], [-2, -3]]),
        value=np.array([0.0, 0.0, 1.0]),
        most_splits=2,
    )
    weights = np.array([[1, 1 / 2, 1 / 3], [1 / 2, 1 / 6, 1 / 12], [1 / 3, 1 / 12, 1 / 30]])
    parts = np.zeros((2, 2))
    now, then = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([[0.0, 0.0], [1.0, np.nan]])
    walk_pairs(now.T.copy(), then.T.copy(), forest, weights, parts)
    assert parts.tolist() == [[0.5, 0.5], [0.0, 1.0]]
