"""What counts as nothing at all: blanks of every script, and marks that nobody sees."""

import polars as pl

#: White space of Unicode, with what fixed-width fields (NUL) and old DOS files (^Z) are filled up with.
_SPACES = "\0\t\n\v\f\r\x1a \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_WIDE = "\u2028\u2029\u202f\u205f\u3000"
#: Zero width, direction and byte-order marks, which copying from a web page or dialog brings along.
_ZERO_WIDTH = "\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff"
_DIRECTION = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
BLANKS = _SPACES + _WIDE + _ZERO_WIDTH + _DIRECTION


def trimmed(text: pl.Expr) -> pl.Expr:
    r"""Give texts without blanks around; nothing but blanks is missing.

    Examples
    --------
    >>> frame = pl.DataFrame({"a": ["\u3000王 一\u200b", " \xa0", None]})
    >>> frame.select(trimmed(pl.col("a")))["a"].to_list()
    ['王 一', None, None]
    """
    bare = text.str.strip_chars(BLANKS)
    return pl.when(bare != "").then(bare)


def holding_a_value(frame: pl.DataFrame) -> pl.Series:
    """Mark the rows of a table of text that hold a value.

    Returns
    -------
    Series of bool, shape (n_rows,)
        False where every cell is missing or blank.
    """
    empty = frame.select(pl.int_range(pl.len()).alias("place"), pl.all().name.prefix("cell "))
    for name in frame.columns:  # the first column settles nearly every row
        empty = empty.filter(trimmed(pl.col(f"cell {name}")).is_null())
    return ~pl.int_range(len(frame), eager=True).is_in(empty["place"].implode())
