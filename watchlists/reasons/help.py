"""Help a household gets now, and what in it calls for a word: ending, relief alone, no follow-up."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from register.reference import Measure
from register.seasons import months_later
from register.shard import Shard

SEASON_MONTHS = 3
HELP = ("measures_in_force", "measures_ending", "is_on_relief_only", "lacks_follow_up")


def help_in_force(shard: Shard, day: date) -> pl.DataFrame:
    """List the measures each household gets at a date, and those that end within the next season.

    Returns
    -------
    DataFrame
        ``household_id, measures_in_force, measures_ending`` (codes, sorted). A measure
        ends only if no later record of the same group goes on. Households that get
        nothing have no row.
    """
    later = pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.lit(months_later(day, SEASON_MONTHS)))
    running = shard.view("assistance", day).filter(
        pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.lit(day))
    )
    by_group = running.group_by("household_id", "measure").agg(later.any().alias("goes_on")).sort("measure")
    return (
        by_group.group_by("household_id", maintain_order=True)
        .agg(
            pl.col("measure").alias("measures_in_force"),
            pl.col("measure").filter(~pl.col("goes_on")).alias("measures_ending"),
        )
        .sort("household_id")
    )


def with_help(
    listed: pl.DataFrame, assistance: pl.DataFrame, features: pl.DataFrame, measures: Mapping[str, Measure]
) -> pl.DataFrame:
    """Add the `HELP` columns to listed households.

    ``is_on_relief_only`` (一兜了之): somebody is able to work, help is in force, and none of
    it is a development measure (DOMAIN 5). ``lacks_follow_up``: relocated, and no
    development measure in force, or no measure at all where nobody is able to work. A
    missing feature raises no flag.
    """
    facts = features.select("household_id", "n_able_to_work", "is_relocated")
    development = [code for code, one in measures.items() if one.is_development]
    in_force, able = pl.col("measures_in_force"), pl.col("n_able_to_work").fill_null(0) > 0
    develops = in_force.list.set_intersection(pl.lit(development, dtype=pl.List(pl.String()))).list.len() > 0
    enough = pl.when(able).then(develops).otherwise(in_force.list.len() > 0)
    nothing = pl.lit([], dtype=pl.List(pl.String()))
    return (
        listed.join(assistance, on="household_id", how="left", maintain_order="left")
        .join(facts, on="household_id", how="left", maintain_order="left")
        .with_columns(pl.col("measures_in_force", "measures_ending").fill_null(nothing))
        .with_columns(
            (able & (in_force.list.len() > 0) & ~develops).alias("is_on_relief_only"),
            ((pl.col("is_relocated").fill_null(0) > 0) & ~enough).alias("lacks_follow_up"),
        )
        .drop("n_able_to_work", "is_relocated")
    )


def reminders(row: Mapping[str, Any], measures: Mapping[str, Measure]) -> list[tuple[str, str]]:
    """Say what the help of a listed household calls for, in Chinese and English."""
    ending = [measures[code] for code in row["measures_ending"]]
    zh, en = "、".join(one.zh for one in ending), ", ".join(one.en for one in ending)
    words = {
        f"{zh}将在3个月内到期，请核对是否续期。": (
            bool(ending),
            f"Ends within 3 months: {en}; check whether it goes on.",
        ),
        "有人能劳动，在享帮扶却没有产业、就业、金融或公益岗位措施（一兜了之）。": (
            row["is_on_relief_only"],
            "Somebody is able to work, but no measure in force helps to earn (relief alone).",
        ),
        "易地搬迁户，未见后续扶持措施。": (
            row["lacks_follow_up"],
            "Relocated, and no follow-up support in force.",
        ),
    }
    return [(chinese, english) for chinese, (speaks, english) in words.items() if speaks]
