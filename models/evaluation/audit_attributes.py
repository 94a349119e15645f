"""Whom a list must not forget: attributes to audit by, read as of a date. They never predict."""

from datetime import date

import polars as pl

from register.shard import Shard

#: Attributes of a household, in the order of EVALUATION 2. Ethnic group and sex come from the
#: register for this audit alone: they are no features.
ATTRIBUTES = (
    "minority",
    "female_head",
    "elderly_only",
    "disabled",
    "relocated",
    "remote",
    "household_size",
    "category",
)
#: What `attributes` reads of the feature frame.
FEATURES_AUDITED = (
    "is_elderly_only",
    "n_disabled_members",
    "is_relocated",
    "is_remote_village",
    "household_size",
    "category",
)
YES, NO = "yes", "no"


def attributes(shard: Shard, features: pl.DataFrame, day: date) -> pl.DataFrame:
    """Read the attributes of a county's households as they were known at a date.

    Parameters
    ----------
    shard : Shard
        One county.
    features : DataFrame
        Its feature frame; `FEATURES_AUDITED` are read.
    day : date
        As-of date.

    Returns
    -------
    DataFrame
        ``household_id, as_of_date`` and a text column for each of `ATTRIBUTES`: yes or no,
        the number of people (1, 2-3, 4-5, 6+), the category. ``minority`` and
        ``female_head`` are those of the head; who has no record of a move is not relocated.
        What else is not recorded is missing, and so in neither group.
    """
    heads = shard.view("members", day).filter(pl.col("relation") == "head").sort("household_id", "member_id")
    head = heads.unique("household_id", keep="first", maintain_order=True).select(
        "household_id",
        _yes_or_no(pl.col("ethnicity") == "minority").alias("minority"),
        _yes_or_no(pl.col("sex") == "female").alias("female_head"),
    )
    now = features.filter(pl.col("as_of_date") == day)
    return now.join(head, on="household_id", how="left").select(
        "household_id",
        "as_of_date",
        "minority",
        "female_head",
        _yes_or_no(pl.col("is_elderly_only") >= 1).alias("elderly_only"),
        _yes_or_no(pl.col("n_disabled_members") >= 1).alias("disabled"),
        _yes_or_no((pl.col("is_relocated") >= 1).fill_null(value=False)).alias("relocated"),
        _yes_or_no(pl.col("is_remote_village") >= 1).alias("remote"),
        _size().alias("household_size"),
        "category",
    )


def _yes_or_no(condition: pl.Expr) -> pl.Expr:
    return pl.when(condition).then(pl.lit(YES)).when(~condition).then(pl.lit(NO))


def _size() -> pl.Expr:
    people = pl.col("household_size")
    band = pl.when(people < 2).then(pl.lit("1")).when(people < 4).then(pl.lit("2-3"))
    return band.when(people < 6).then(pl.lit("4-5")).when(people.is_not_null()).then(pl.lit("6+"))
