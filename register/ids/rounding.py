"""Ids a spreadsheet cut: which whole id a cut one may have been."""

import polars as pl

#: What a spreadsheet leaves of a long number: some digits and how many there were, or 15 and zeros.
_SCIENTIFIC = r"^([0-9])(?:\.([0-9]+))?[eE]\+?([0-9]{1,2})$"
_ZEROED = r"^([0-9]{15})0+$"


def cut_off(whole: pl.Series, cut: pl.Series) -> pl.DataFrame:
    """Pair ids with what a spreadsheet may have left of them.

    Parameters
    ----------
    whole, cut : Series of str
        Without repetitions.

    Returns
    -------
    DataFrame
        ``whole, cut``, the first whole id a cut one and the first cut one a whole id. The
        last digit left counts for nothing: it was rounded.

    Examples
    --------
    >>> cut_off(pl.Series(["53062219"]), pl.Series(["5.31E+07", "5.31E+09"])).rows()
    [('53062219', '5.31E+07')]
    """
    left = _left_of(cut)
    parts = [pl.DataFrame(schema={"whole": pl.String(), "cut": pl.String()})]
    for (kept,), some in left.group_by("kept"):
        pieces = whole.to_frame("whole").with_columns(
            pl.col("whole").str.slice(0, int(kept)).alias("digits"),
            pl.col("whole").str.len_chars().alias("length"),
        )
        on = ["digits", "length"]
        parts += [
            pieces.join(some.unique(on), on=on).select("whole", "cut"),
            some.join(pieces.unique(on), on=on).select("whole", "cut"),
        ]
    return pl.concat(parts).unique().filter(pl.col("whole") != pl.col("cut")).sort("whole", "cut")


def _left_of(cut: pl.Series) -> pl.DataFrame:
    """Give ``cut, digits, kept, length`` of ids that look cut: the sure digits, how many there were."""
    lead, rest, power = (pl.col("cut").str.extract(_SCIENTIFIC, place) for place in (1, 2, 3))
    zeroed = pl.col("cut").str.extract(_ZEROED, 1)
    digits = pl.coalesce(lead + rest.fill_null(""), zeroed)
    parts = cut.to_frame("cut").select(
        "cut",
        digits.str.head(-1).alias("digits"),
        pl.coalesce(power.cast(pl.UInt32) + 1, pl.col("cut").str.len_chars()).alias("length"),
    )
    cut_ids = parts.filter(pl.col("digits").is_not_null())
    return cut_ids.with_columns(pl.col("digits").str.len_chars().alias("kept"))
