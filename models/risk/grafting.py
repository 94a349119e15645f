r"""Two ensembles as one, in LightGBM's text: every tree grafted under a split that says which of them speaks.

With the switch s(x), 1 where one feature is above zero and 0 elsewhere, the mixture

.. math:: f(x) = all(x) + s(x)\,a\,(own(x) - all(x))

is a sum of trees itself: each tree T of *all* under a split on the switch, T to its left and (1 - a) T to
its right, and each tree R of *own* likewise, nothing to its left and a R to its right. So whatever reads,
stores, scores or explains trees needs no second rule, and what the switch itself does is a part of the
cause that its feature belongs to.

A grafted leaf counts its rows times the share of rows on its side of the switch, as if the two were
independent: by the rows that really come by, the switch would be credited with all that those above
zero have in common, whatever other cause that belongs to.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.arrays import Floats, Integers

#: What the text says of a split beside its children.
WORDS = ("split_feature", "split_gain", "threshold", "decision_type")
#: Of the switch: it counts as used; zeros and missing values go left (LightGBM's zero threshold, 10).
SWITCH = ("1", "1.0000000180025095e-35", "10")


class Branch(NamedTuple):
    """A tree, or what is to become half of one.

    Attributes
    ----------
    words : ndarray of str, shape (n_splits, 4)
        `WORDS` of each split, as they stand in the text.
    children : ndarray of int, shape (n_splits, 2)
        Left and right: a split, always a later one, or ``~leaf``.
    value : ndarray, shape (n_leaves,)
        Log-odds.
    rows : ndarray of int, shape (n_leaves,)
        Training rows of each leaf.
    """

    words: NDArray[np.str_]
    children: Integers
    value: Floats
    rows: Integers

    def scaled(self, times: float, share: float) -> "Branch":
        """Say so many times as much, to this share of the rows; no leaf is left without one."""
        rows = np.maximum(np.rint(self.rows * share), 1).astype(np.int64)
        return self._replace(value=self.value * times, rows=rows)


def grafted(everybody: str, own: str, feature: int, part: float, share: float) -> str:
    """Mix two ensembles in one text.

    Parameters
    ----------
    everybody, own : str
        Model texts over the same features; the rest of the text is that of `everybody`.
    feature : int
        Column whose values above zero turn the switch; zeros and missing values do not.
    part : float
        How much of the margin is then that of `own`.
    share : float
        Of the training rows, those with the switch turned.
    """
    head, trees = everybody.split("\nTree=", 1)
    # Lengths of the trees that were; a text without them is read one tree after the other.
    lines = [line for line in head.split("\n") if not line.startswith("tree_sizes=")]
    mixed = _mixed(everybody, own, feature, part, share)
    sections = [f"Tree={number}\n{_text(tree)}\n\n" for number, tree in enumerate(mixed)]
    return "\n".join([*lines, "", *sections]) + trees[trees.index("\nend of trees") :]


def _mixed(everybody: str, own: str, feature: int, part: float, share: float) -> Iterator[Branch]:
    for tree in _branches(everybody):
        yield _joined(tree.scaled(1.0, 1 - share), tree.scaled(1 - part, share), feature)
    rows = tree.rows.sum()
    no_split = (np.empty((0, len(WORDS)), np.str_), np.empty((0, 2), np.int64))
    nothing = Branch(*no_split, np.zeros(1), np.array([rows])).scaled(0.0, 1 - share)
    for tree in _branches(own):
        yield _joined(nothing, tree.scaled(part, share * rows / tree.rows.sum()), feature)


def _branches(text: str) -> Iterator[Branch]:
    for section in text.split("\nTree=")[1:]:
        lines = section.split("\n\n", 1)[0].split("\n")
        fields = {name: value.split() for name, _, value in (line.partition("=") for line in lines)}
        yield Branch(
            np.array([fields[name] for name in WORDS], np.str_).T,
            np.array([fields["left_child"], fields["right_child"]], np.int64).T,
            np.array(fields["leaf_value"], np.float64),
            np.array(fields["leaf_count"], np.int64),
        )


def _joined(left: Branch, right: Branch, feature: int) -> Branch:
    first_split, first_leaf = 1 + len(left.words), len(left.value)
    root = [1 if len(left.words) else ~0, first_split if len(right.words) else ~first_leaf]
    return Branch(
        np.vstack([(str(feature), *SWITCH), left.words, right.words]),
        np.vstack([root, _moved(left.children, 1, 0), _moved(right.children, first_split, first_leaf)]),
        np.concatenate([left.value, right.value]),
        np.concatenate([left.rows, right.rows]),
    )


def _moved(children: Integers, splits: int, leaves: int) -> Integers:
    return np.where(children < 0, children - leaves, children + splits)


def _text(tree: Branch) -> str:
    fields = {
        "num_leaves": [len(tree.value)],
        "num_cat": [0],
        **dict(zip(WORDS, tree.words.T, strict=True)),
        "left_child": tree.children[:, 0],
        "right_child": tree.children[:, 1],
        "leaf_value": tree.value.tolist(),
        "leaf_count": tree.rows,
        "internal_count": _split_counts(tree),
        "is_linear": [0],
        "shrinkage": [1],
    }
    return "\n".join(f"{name}={' '.join(str(one) for one in values)}" for name, values in fields.items())


def _split_counts(tree: Branch) -> list[int]:
    counts = [0] * len(tree.children)
    for split in reversed(range(len(counts))):  # the later a split, the deeper
        counts[split] = sum(tree.rows[~at] if at < 0 else counts[at] for at in tree.children[split])
    return counts
