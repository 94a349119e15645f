"""Several codes in one cell: how hands part them, and how they are kept."""

import re
from collections.abc import Collection

import polars as pl

#: Parts the codes of a cell as they are kept.
SEPARATOR = ";"
_BETWEEN = re.compile(r"[、，,；;／/\n\r]+")


def parts(text: str) -> list[str]:
    """Part a cell into its words, none twice, in the order they were written in.

    Blanks alone part no words: English ones hold some.

    Examples
    --------
    >>> parts("因病、 因残，因病"), parts("public post; health")
    (['因病', '因残'], ['public post', 'health'])
    """
    return list(dict.fromkeys(word for part in _BETWEEN.split(text) if (word := part.strip())))


def kept(text: str, codes: Collection[str], most: int) -> str | None:
    """Write the codes of a cell as they are kept; None where one is unknown or they are too many.

    Examples
    --------
    >>> kept("illness、disability", ("illness", "disability"), 5)
    'illness;disability'
    """
    words = parts(text)
    fits = words and len(words) <= most and all(word in codes for word in words)
    return SEPARATOR.join(words) if fits else None


def lists(column: str) -> pl.Expr:
    """Give the codes of every cell as a list, missing where the cell is."""
    return pl.col(column).str.split(SEPARATOR)


def first(column: str) -> pl.Expr:
    """Give the first code of every cell, which stands before all others.

    Examples
    --------
    >>> pl.DataFrame({"causes": ["illness;disability", None]}).select(first("causes"))["causes"].to_list()
    ['illness', None]
    """
    return lists(column).list.first()
