"""The as-of engine: every declared feature of one county at every date."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from features.declaration import PASSES, Feature, declared_features
from register.readings import readings
from register.shard import Shard
from register.tables import TABLES

#: Who the row is about; not features.
SPINE = ("household_id", "as_of_date", "village_id", "category")


def build_features(
    shard: Shard,
    dates: Sequence[date],
    resources_months: int,
    features: Sequence[Feature] | None = None,
) -> pl.DataFrame:
    """Build the features of every household of a county at each date.

    Parameters
    ----------
    shard : Shard
        One county.
    dates : sequence of date
        Month ends, ascending: `history` features look back along them.
    resources_months : int
        Months of resources that are compared with the line.
    features : sequence of Feature, optional
        All declared ones by default.

    Returns
    -------
    DataFrame
        `SPINE` columns, then one Float64 column a feature; sorted by household and date.
        A household without a record in a table's window is missing there, not zero.
    """
    chosen = declared_features() if features is None else features
    dated = [_at(shard, day, resources_months, chosen) for day in dates]
    frame = pl.concat(dated).sort("household_id", "as_of_date")
    for name in PASSES:
        frame = frame.with_columns(_expressions(chosen, name))
    return frame.select(*SPINE, *(one.name for one in chosen))


def _at(shard: Shard, day: date, resources_months: int, features: Sequence[Feature]) -> pl.DataFrame:
    spine = readings(shard, [day], resources_months)
    ages = _ages(shard, day)
    frame = spine
    for name, table in TABLES.items():
        expressions = _expressions(features, name)
        if expressions:
            key = "village_id" if "household_id" not in table.by_name else "household_id"
            view = _dress(name, shard.view(name, day), shard, day, resources_months, spine, ages)
            frame = frame.join(view.group_by(key).agg(expressions), on=key, how="left")
    return frame


def _expressions(features: Sequence[Feature], over: str) -> list[pl.Expr]:
    return [one.expression().cast(pl.Float64).alias(one.name) for one in features if one.over == over]


def _ages(shard: Shard, day: date) -> pl.DataFrame:
    months = day.year * 12 + day.month - pl.col("birth_date").dt.year() * 12 - pl.col("birth_date").dt.month()
    return shard.view("members", day).select("member_id", (months // 12).alias("age"))


def _dress(
    name: str,
    view: pl.DataFrame,
    shard: Shard,
    day: date,
    resources_months: int,
    spine: pl.DataFrame,
    ages: pl.DataFrame,
) -> pl.DataFrame:
    """Add what `features.expressions` promises: needs, is_current, is_active, age."""
    table = TABLES[name]
    if "member_id" in table.by_name:
        view = view.join(ages, on="member_id", how="left", nulls_equal=False)
    money = table.columns_of("money") if "household_id" in table.by_name else ()
    if money:
        view = _with_needs(view, money, table.event, shard, resources_months, spine)
    current = pl.col("months_ago") < resources_months
    view = view.with_columns(current.alias("is_current"))
    if "ended_on" in table.by_name:
        open_spell = pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.lit(day))
        view = view.with_columns(open_spell.alias("is_active"))
    return view


def _with_needs(
    view: pl.DataFrame,
    money: Sequence[str],
    event: str,
    shard: Shard,
    resources_months: int,
    spine: pl.DataFrame,
) -> pl.DataFrame:
    lines = shard.lines.select(
        pl.col("effective_from").set_sorted(), "effective_to", pl.col("line_per_month").alias("line_then")
    )
    line = pl.when(pl.col("effective_to").is_null() | (pl.col("effective_to") > pl.col(event))).then(
        pl.col("line_then")
    )
    needs = line * pl.col("equivalents") * resources_months
    return (
        view.sort(event)
        .join_asof(lines, left_on=event, right_on="effective_from", strategy="backward")
        .join(spine.select("household_id", "equivalents"), on="household_id", how="left")
        .with_columns((pl.col(column) / needs).alias(f"{column}_needs") for column in money)
    )
