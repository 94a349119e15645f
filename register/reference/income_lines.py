"""The income lines of provinces and of counties with a line of their own."""

from pathlib import Path
from typing import Annotated, get_args

import polars as pl
from pydantic import Field, WithJsonSchema

from register.reference.cited import FOLDER, Status, entries
from register.reference.yearly_amounts import YearlyAmount, province_of
from register.shard import LINES_SCHEMA

#: What a line is, before it is known when it ends.
STATED = ("region_id", "effective_from", "line_per_month", "currency", "origin")
#: ISO 4217.
Currency = Annotated[
    str, Field(pattern="^[A-Z]{3}$"), WithJsonSchema({"type": "string", "format": "currency"})
]
#: Of the lines that are cited here.
YUAN = "CNY"
#: How the origin of a line begins that a delivery brings.
DELIVERED = "delivered"
SOURCED: Status = "sourced"


def income_lines(path: Path = FOLDER / "income_lines.yaml") -> pl.DataFrame:
    """Give the cited income lines of all regions, in force as `in_force` says."""
    return in_force(cited_lines(path))


def cited_lines(path: Path = FOLDER / "income_lines.yaml") -> pl.DataFrame:
    """Load the cited lines as they were stated.

    Returns
    -------
    DataFrame
        `STATED` columns; ``origin`` tells status and source.
    """
    rows = pl.DataFrame([one.model_dump() for one in entries(path, YearlyAmount)])
    return rows.select(
        "region_id",
        "effective_from",
        (pl.col("yuan_per_person_year") / 12).alias("line_per_month"),
        pl.lit(YUAN).alias("currency"),
        pl.format("{}: {}", "status", "source").alias("origin"),
    )


def in_force(stated: pl.DataFrame) -> pl.DataFrame:
    """Say from when to when each line holds.

    A county with lines of its own is a region of its own: where it is silent, its
    province's lines hold.

    Parameters
    ----------
    stated : DataFrame
        `STATED` columns.

    Returns
    -------
    DataFrame
        `register.shard.LINES_SCHEMA`, sorted by region and date; a line ends where the
        next of its region begins.
    """
    regions = stated["region_id"].unique().sort()
    lines = pl.concat([_own_and_province(stated, region) for region in regions])
    ends = pl.col("effective_from").shift(-1).over("region_id").alias("effective_to")
    return lines.with_columns(ends).select(pl.col(name).cast(kind) for name, kind in LINES_SCHEMA.items())


def _own_and_province(rows: pl.DataFrame, region: str) -> pl.DataFrame:
    """Merge a region's own lines with its province's; on the same day its own wins."""
    both = rows.filter(pl.col("region_id").is_in([region, province_of(region)]))
    ordered = both.sort("effective_from", pl.col("region_id") == region)
    latest = ordered.unique("effective_from", keep="last", maintain_order=True)
    return latest.with_columns(pl.lit(region).alias("region_id"))


def status_of(origin: str) -> Status:
    """Tell the status of a line from its origin, which begins with it.

    Parameters
    ----------
    origin : str
        As `cited_lines` and `delivered_origin` write it. A delivered line
        that says nothing else was stated by the office that delivered it.

    Examples
    --------
    >>> status_of("interpolated: between 8,050 and 8,700"), status_of("delivered: a letter")
    ('interpolated', 'sourced')
    >>> status_of("delivered, unverified: by telephone")
    'unverified'
    """
    words = origin.partition(":")[0].split(", ")
    return next((one for one in get_args(Status) if one in words), SOURCED)


def delivered_origin(status: Status, source: str) -> str:
    """Write what a delivered line rests on.

    Examples
    --------
    >>> delivered_origin("sourced", "a letter"), delivered_origin("interpolated", "between two letters")
    ('delivered: a letter', 'delivered, interpolated: between two letters')
    """
    return f"{DELIVERED}: {source}" if status == SOURCED else f"{DELIVERED}, {status}: {source}"
