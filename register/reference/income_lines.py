"""The income lines of provinces and of counties with a line of their own."""

from pathlib import Path

import polars as pl

from register.reference.cited import FOLDER, entries
from register.reference.yearly_amounts import YearlyAmount, province_of
from register.shard import LINES_SCHEMA


def income_lines(path: Path = FOLDER / "income_lines.yaml") -> pl.DataFrame:
    """Load the income lines of all regions.

    A county with lines of its own is a region of its own: where it is silent, its
    province's lines hold.

    Returns
    -------
    DataFrame
        `register.shard.LINES_SCHEMA`, sorted by region and date; a line ends where the
        next of its region begins, ``origin`` tells its status and source.
    """
    rows = pl.DataFrame([one.model_dump() for one in entries(path, YearlyAmount)])
    regions = rows["region_id"].unique().sort()
    lines = pl.concat([_own_and_province(rows, region) for region in regions])
    return lines.select(
        "region_id",
        "effective_from",
        pl.col("effective_from").shift(-1).over("region_id").alias("effective_to"),
        (pl.col("yuan_per_person_year") / 12).alias("line_per_month"),
        pl.format("{}: {}", "status", "source").alias("origin"),
    ).cast(LINES_SCHEMA)  # type: ignore[arg-type]  # polars types the mapping too narrowly


def _own_and_province(rows: pl.DataFrame, region: str) -> pl.DataFrame:
    """Merge a region's own lines with its province's; on the same day its own wins."""
    both = rows.filter(pl.col("region_id").is_in([region, province_of(region)]))
    ordered = both.sort("effective_from", pl.col("region_id") == region)
    latest = ordered.unique("effective_from", keep="last", maintain_order=True)
    return latest.with_columns(pl.lit(region).alias("region_id"))
