"""The trees of a LightGBM model as arrays, read from the text it is stored as."""

from dataclasses import dataclass

import numpy as np

from models.arrays import Flags, Floats, Integers
from register.errors import ContractError

#: Bits of LightGBM's ``decision_type``: 1 categorical, 2 missing goes left, 4 and 8 the missing type.
DEFAULT_LEFT = 2
MISSING_ZERO, MISSING_NAN = 1, 2


@dataclass(frozen=True)
class Tree:
    """One tree with numeric splits; the root is split 0, a tree without splits is leaf 0.

    Attributes
    ----------
    feature : ndarray of int, shape (n_splits,)
        Column a split looks at.
    threshold : ndarray, shape (n_splits,)
        Numbers up to it go left.
    zero_left, missing_left : ndarray of bool, shape (n_splits,)
        Whether an exact zero and a missing value go left.
    children : ndarray of int, shape (n_splits, 2)
        Left and right child: a split, or ``~leaf``.
    split_count, leaf_count : ndarray of int, shape (n_splits,) and (n_leaves,)
        Training rows that came by.
    leaf_value : ndarray, shape (n_leaves,)
        Log-odds.
    """

    feature: Integers
    threshold: Floats
    zero_left: Flags
    missing_left: Flags
    children: Integers
    split_count: Integers
    leaf_count: Integers
    leaf_value: Floats

    @property
    def shares(self) -> Floats:
        """Give the share of a split's training rows that went to each child, shape (n_splits, 2)."""
        counts = np.concatenate([self.split_count, self.leaf_count[::-1]])  # so that ~leaf finds its leaf
        return counts[self.children] / self.split_count[:, np.newaxis]

    @property
    def mean(self) -> float:
        """Give the leaf values averaged over the training rows: the worth of knowing nothing."""
        if not len(self.feature):
            return float(self.leaf_value[0])
        return float(self.leaf_value @ (self.leaf_count / self.split_count[0]))


def read_trees(text: str) -> list[Tree]:
    """Read the trees of a LightGBM model text.

    Parameters
    ----------
    text : str
        As written by ``Booster.model_to_string``; ``feature_infos`` is not needed.

    Returns
    -------
    list of Tree
        Their values add up to the raw score.

    Raises
    ------
    ContractError
        When the sum of the trees is not one raw score, or a tree has a categorical split,
        a linear leaf or a split that no training row came by.

    Examples
    --------
    >>> import lightgbm as lgb
    >>> rows = lgb.Dataset(np.array([[0.0], [1.0]] * 50), [0, 1] * 50)
    >>> trained = lgb.train({"verbosity": -1, "num_threads": 1}, rows, num_boost_round=1)
    >>> [tree.leaf_count.tolist() for tree in read_trees(trained.model_to_string())]
    [[50, 50]]

    References
    ----------
    LightGBM, ``include/LightGBM/tree.h``: ``Tree::NumericalDecision``. A missing value
    counts as zero unless the missing type is NaN; a zero counts as missing if it is Zero.
    """
    head, *sections = text.split("\nTree=")
    fields = _fields(head)
    if fields.get("num_tree_per_iteration") != "1" or "average_output" in head.split("\n"):
        raise ContractError(
            "model: found several scores a row or averaged trees, only one sum of trees can be split by "
            "cause; train with objective binary and boosting gbdt"
        )
    return [_tree(number, _fields(section)) for number, section in enumerate(sections)]


def _fields(section: str) -> dict[str, str]:
    lines = section.split("\n\n", 1)[0].split("\n")
    return {name: value for name, separator, value in (line.partition("=") for line in lines) if separator}


def _tree(number: int, fields: dict[str, str]) -> Tree:
    if fields["num_cat"] != "0" or fields["is_linear"] != "0":
        raise ContractError(
            f"model: tree {number} has categorical splits or linear leaves, only numeric splits and "
            "constant leaves can be split by cause; train without categorical_feature and linear_tree"
        )
    threshold, decision = _floats(fields, "threshold"), _integers(fields, "decision_type")
    missing_type, default_left = decision >> 2 & 3, decision & DEFAULT_LEFT > 0
    zero_left = np.where(missing_type == MISSING_ZERO, default_left, threshold >= 0)
    tree = Tree(
        feature=_integers(fields, "split_feature"),
        threshold=threshold,
        zero_left=zero_left,
        missing_left=np.where(missing_type == MISSING_NAN, default_left, zero_left),
        children=np.column_stack([_integers(fields, "left_child"), _integers(fields, "right_child")]),
        split_count=_integers(fields, "internal_count"),
        leaf_count=_integers(fields, "leaf_count"),
        leaf_value=_floats(fields, "leaf_value"),
    )
    if (tree.split_count == 0).any():
        raise ContractError(
            f"model: tree {number} has a split no training row came by, so its parts have no weights; "
            "train again with min_data_in_leaf of 1 or more"
        )
    return tree


def _floats(fields: dict[str, str], name: str) -> Floats:
    return np.array([float(word) for word in fields.get(name, "").split()])


def _integers(fields: dict[str, str], name: str) -> Integers:
    return np.array([int(word) for word in fields.get(name, "").split()], dtype=np.int64)
