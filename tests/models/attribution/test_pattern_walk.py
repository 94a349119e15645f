import numpy as np

from models.attribution.blocks import block_of
from models.attribution.forest import forest_of
from models.attribution.pattern_walk import look_up
from models.attribution.patterns import MOST, Patterns
from models.attribution.tree_text import Tree

#: A tree of two splits, the second below the left side of the first, one cause each.
TREE = Tree(
    feature=np.array([0, 1]),
    threshold=np.array([0.5, 0.5]),
    zero_left=np.array([True, True]),
    missing_left=np.array([True, False]),
    children=np.array([[1, -1], [-2, -3]]),
    split_count=np.array([3, 2]),
    leaf_count=np.array([1, 1, 1]),
    leaf_value=np.array([0.0, 0.0, 0.0]),
)


def table(*pattern_values):
    return np.r_[pattern_values, np.full((1 << MOST) - len(pattern_values), np.nan)]


def test_each_row_is_told_the_number_of_its_own_pattern():
    """The first split is the lowest bit: left left, right left, left right, right right."""
    one = Patterns(
        groups=np.array([0, 1]),
        first_split=np.array([0, 2]),
        first_cause=np.array([0, 2]),
        split=np.array([0, 1]),
        cause=np.array([0, 2]),
        table=np.stack([table(1.0, 2.0, 3.0, 4.0), table(10.0, 20.0, 30.0, 40.0)]),
    )
    rows, parts = np.array([[0.0, 0.0], [1.0, 0.0], [np.nan, np.nan], [1.0, 1.0]]), np.zeros((3, 4))
    look_up(block_of(rows), forest_of([TREE], [0, 2]), one, parts)
    assert parts.tolist() == [[1.0, 2.0, 3.0, 4.0], [0.0] * 4, [10.0, 20.0, 30.0, 40.0]]


def test_what_groups_of_a_tree_say_adds_up_on_top_of_what_is_there():
    two = Patterns(
        groups=np.array([0, 2]),
        first_split=np.array([0, 1, 2]),
        first_cause=np.array([0, 1, 2]),
        split=np.array([0, 1]),
        cause=np.array([1, 1]),
        table=np.stack([table(1.0, 2.0), table(10.0, 20.0)]),
    )
    parts = np.full((2, 2), 100.0)
    look_up(block_of(np.array([[0.0, 1.0], [1.0, 0.0]])), forest_of([TREE], [0, 1]), two, parts)
    assert parts.tolist() == [[100.0, 100.0], [121.0, 112.0]]
