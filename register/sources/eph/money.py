"""Income by source, adding up to the published total of the household (ITF)."""

import polars as pl

from register.sources.eph.interviews import MONEY, Interviews

#: Source -> columns that are added. P21 is wage or own business by CAT_OCUP. The bonus (aguinaldo) of
#: wages and of pensions is kept apart: it comes in the first and third quarter only.
PARTS = {
    "wage_second": ("TOT_P12",),
    "bonus": ("PP08J1", "V21_M"),
    "pension": ("V2_M",),
    "social_aid": ("V5_M",),
    "subsidy": ("V4_M",),
    "scholarship": ("V11_M",),
    "remittance": ("V12_M",),
    "property": ("V8_M", "V9_M", "V10_M"),
    "other": ("V3_M", "V18_M", "V19_AM"),
}
OWN_ACCOUNT = (1, 2)


def income(interviews: Interviews) -> pl.DataFrame:
    """Give each person's amounts by source, and what ITF holds beyond them, as the household's.

    The amounts of a household and quarter add up to ITF. Refused amounts (-9) count
    nothing; what the published total has beyond the parts (two-month pay, one-off
    state payments) is ``other`` of the household; parts beyond the total are scaled
    down to it. A true zero is one row of 0, so it differs from "not asked".
    """
    parts = _parts(interviews.persons)
    totals = interviews.households.select("household_id", "as_of", "ITF").join(
        parts.group_by("household_id", "as_of").agg(pl.col("amount").sort().sum().alias("found")),
        on=["household_id", "as_of"],
        how="left",
    )
    return pl.concat([_fitted(parts, totals), _remainder(totals)]).select(
        "household_id",
        "member_id",
        pl.col("as_of").alias("occurred_on"),
        "source",
        pl.col("amount").round(2),
        pl.col("as_of").alias("recorded_on"),
    )


def _parts(persons: pl.DataFrame) -> pl.DataFrame:
    paid = persons.with_columns(pl.col(MONEY).fill_null(0).clip(0))
    on_own_account = pl.col("CAT_OCUP").is_in(OWN_ACCOUNT).fill_null(value=False)
    sources = {
        "wage": pl.when(~on_own_account).then(pl.col("P21")).otherwise(0.0),
        "own_business": pl.when(on_own_account).then(pl.col("P21")).otherwise(0.0),
        **{source: pl.sum_horizontal(columns) for source, columns in PARTS.items()},
    }
    wide = paid.select("household_id", "member_id", "as_of", **sources)
    long = wide.unpivot(
        index=["household_id", "member_id", "as_of"], variable_name="source", value_name="amount"
    )
    return long.filter(pl.col("amount") > 0)


def _fitted(parts: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    fit = pl.min_horizontal(pl.lit(1.0), pl.col("ITF") / pl.col("found"))
    scaled = parts.join(totals, on=["household_id", "as_of"], how="left").with_columns(pl.col("amount") * fit)
    return scaled.filter(pl.col("amount") > 0).select(
        "household_id", "member_id", "as_of", "source", "amount"
    )


def _remainder(totals: pl.DataFrame) -> pl.DataFrame:
    left = (pl.col("ITF") - pl.col("found").fill_null(0)).clip(0)
    return (
        totals.with_columns(left.alias("amount"))
        .filter((pl.col("amount") > 0) | (pl.col("ITF") == 0))
        .select(
            "household_id",
            pl.lit(None, pl.String).alias("member_id"),
            "as_of",
            pl.lit("other").alias("source"),
            "amount",
        )
    )
