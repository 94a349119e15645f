"""The official line of each region and quarter, and what each person counts for."""

from datetime import date
from pathlib import Path

import polars as pl

from register.errors import ContractError
from register.sources.eph.files import read_numbers

#: Above this age the table of adult equivalents no longer changes.
OLDEST = 110


def read_lines(folder: Path) -> pl.DataFrame:
    """Read `canastas.csv`: CBT is the line, from a quarter's first day to the next one's.

    Returns
    -------
    DataFrame
        `register.shard.LINES_SCHEMA`.

    Raises
    ------
    ContractError
        When a period is not a year and a quarter.
    """
    path = folder / "canastas.csv"
    baskets = read_numbers(path, ["REGION", "CBT"], texts=["PERIODO"]).filter(pl.col("CBT").is_not_null())
    if not baskets["PERIODO"].str.contains(r"^\d{4}\.[1-4]$").all():
        raise ContractError(
            f"{path}: column PERIODO is not everywhere a year and a quarter such as 2020.3; correct it"
        )
    year = pl.col("PERIODO").str.head(4).cast(pl.Int32)
    month = pl.col("PERIODO").str.tail(1).cast(pl.Int32) * 3 - 2
    begins = pl.date(year, month, 1)
    return baskets.select(
        pl.col("REGION").cast(pl.Int64).cast(pl.String).alias("region_id"),
        begins.alias("effective_from"),
        begins.dt.offset_by("3mo").alias("effective_to"),
        pl.col("CBT").alias("line_per_month"),
        pl.lit(None, dtype=pl.String).alias("currency"),  # a month's pesos are another amount the next month
        pl.lit("INDEC, canasta básica total").alias("origin"),
    )


def read_equivalents(folder: Path) -> pl.DataFrame:
    """Read `adulto_equivalente.csv`: adult equivalents by sex and age (-1 = under one year)."""
    return read_numbers(folder / "adulto_equivalente.csv", ["CH04", "CH06", "ADEQUI"]).select(
        pl.col("CH04").cast(pl.Int32), pl.col("CH06").cast(pl.Int32), pl.col("ADEQUI").alias("equivalents")
    )


def first_day(year: int, quarter: int) -> date:
    """Give the first day of a quarter."""
    return date(year, quarter * 3 - 2, 1)
