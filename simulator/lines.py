"""The income lines of a simulated office elsewhere: those of the story in its own money."""

import polars as pl

from register.reference.income_lines import cited_lines
from simulator.office import STORY_REGION, Office

#: Name of their file beside the counties.
LINES = "lines"


def line_rows(office: Office) -> pl.DataFrame:
    """List the lines as a delivery brings them (`register.sources.lines`), in contract order."""
    cited = cited_lines().filter(pl.col("region_id") == STORY_REGION).sort("effective_from")
    amount = pl.col("line_per_month") * 12 * office.amounts_over_yuan
    return cited.select(
        pl.lit(office.region).alias("region_id"),
        "effective_from",
        amount.round(2).alias("amount"),
        pl.lit("year").alias("period"),
        pl.lit(office.currency).alias("currency"),
        pl.lit(f"simulated: {office.amounts_over_yuan:g} times the line of {STORY_REGION}").alias("source"),
    )
