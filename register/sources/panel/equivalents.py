"""Equivalents of a panel's households: what their people count for, by a scale or a column."""

import polars as pl

from register.errors import ContractError
from register.sources.panel.layout import PanelLayout, Scale

KEYS = ("wave", "household")
#: What a member counts for at most (register.tables.members).
MOST = 2.0


def with_equivalents(households: pl.DataFrame, persons: pl.DataFrame, layout: PanelLayout) -> pl.DataFrame:
    """Add ``heads`` and ``equivalents`` of each household and wave.

    Parameters
    ----------
    households : DataFrame
        ``wave, household``, and ``size, equivalents`` as far as they are mapped.
    persons : DataFrame
        ``wave, household, birth_date, day``.
    layout : PanelLayout

    Raises
    ------
    ContractError
        When a household has none, or far more than people.
    """
    counted = persons.group_by(KEYS).agg(pl.len().cast(pl.Float64).alias("counted"))
    sized = households.join(counted, on=KEYS, how="left")
    ways = [pl.col("size")] if "size" in households.columns else []
    sized = sized.with_columns(pl.coalesce([*ways, pl.col("counted")]).alias("heads"))
    if isinstance(layout.equivalents, Scale):
        scaled = _scaled(persons, layout.equivalents)
        sized = sized.drop("equivalents", strict=False).join(scaled, on=KEYS, how="left")
    elif layout.equivalents == "column":
        refuse_unmapped(households, "equivalents", "equivalents: column")
    else:
        power = 0.5 if layout.equivalents == "square_root" else 1.0
        sized = sized.with_columns((pl.col("heads") ** power).alias("equivalents"))
    strange = sized.filter(
        ~(pl.col("equivalents") > 0).fill_null(value=False)
        | (pl.col("equivalents") > MOST * pl.col("counted"))
    )
    if len(strange):
        raise ContractError(
            f"the mapping: equivalents of {len(strange)} of {len(sized)} households and waves are missing, "
            "not above 0 or more than 2 a person; clean the column, list codes under no_answer, or write "
            "equivalents: heads"
        )
    return sized.drop("counted")


def refuse_unmapped(households: pl.DataFrame, column: str, asks: str) -> None:
    """Refuse a mapping that asks for a column no file gives."""
    if column not in households.columns:
        raise ContractError(
            f"the mapping: {asks} needs `{column}` in one of the files; write its column there"
        )


def _scaled(persons: pl.DataFrame, scale: Scale) -> pl.DataFrame:
    """Count equivalents by age at each wave."""
    age = (pl.col("day").dt.year() - pl.col("birth_date").dt.year()) - (
        pl.col("day").dt.ordinal_day() < pl.col("birth_date").dt.ordinal_day()
    ).cast(pl.Int32)
    if scale.by_age is not None:
        steps = sorted((float(start), counts) for start, counts in scale.by_age.items())
        counts = pl.lit(None, pl.Float64)
        for start, value in steps:
            counts = pl.when(age >= start).then(pl.lit(value)).otherwise(counts)
        return persons.group_by(KEYS).agg(counts.sum().alias("equivalents"))
    is_adult = age >= scale.adult_from
    counts = pl.when(is_adult).then(scale.adult).otherwise(scale.child)
    # A household of children has a first adult too: somebody keeps it.
    first = (
        pl.when(is_adult.any())
        .then(scale.first_adult - scale.adult)
        .otherwise(scale.first_adult - scale.child)
    )
    return persons.group_by(KEYS).agg((counts.sum() + first).alias("equivalents"))
