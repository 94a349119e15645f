"""Places by their whole key: the id of a village or township may be unique only within its county."""

import polars as pl

#: Between a county and a place of it; no county id holds it.
WITHIN = "/"


def whole(column: str) -> pl.Expr:
    """Give the whole key of a row's place, as ``county/place``.

    Parameters
    ----------
    column : str
        ``village_id``, ``township_id``, or what is unique everywhere: ``county_id``,
        ``household_id``.

    Returns
    -------
    Expr
        String, named `column`; reads ``county_id`` too.

    Examples
    --------
    >>> places = pl.DataFrame({"county_id": ["C1", "C2"], "township_id": ["T1", "T1"]})
    >>> places.select(whole("township_id")).to_series().to_list()
    ['C1/T1', 'C2/T1']
    """
    if column in ("county_id", "household_id"):
        return pl.col(column)
    return pl.concat_str("county_id", column, separator=WITHIN).alias(column)
