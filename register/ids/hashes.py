"""Ids as hashes, to compare them within one process and keep none."""

import polars as pl

Ids = pl.Series


def hashed(column: str) -> pl.Expr:
    """Hash ids to compare them within one process; two of ten million collide with a chance of 3e-6."""
    return pl.col(column).hash(seed=0)


def hashes(frame: pl.DataFrame, by: str | list[str], shared: pl.Expr | None = None) -> Ids:
    """Hash the ids (first of `by`) of the groups for which `shared` holds; of all rows without it."""
    own = by if isinstance(by, str) else by[0]
    groups = frame if shared is None else frame.group_by(by).agg(shared.alias("shared")).filter("shared")
    return groups.select(hashed(own).unique())[own]
