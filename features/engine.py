"""The as-of engine: every declared feature of one county at every date."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from features.declaration import PASSES, Feature, declared_features
from register.contract import Table
from register.readings import readings
from register.reference import rural_income
from register.shard import Shard
from register.tables import TABLES

#: Who the row is about; not features.
SPINE = ("household_id", "as_of_date", "village_id", "category")

#: Months of a table that features see; income alone grows by rows every month.
LOOK_BACK_MONTHS = {"income": 24}


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
    ordered = replace(shard, tables={name: _ordered(name, shard) for name in shard.tables})
    dated = [_at(ordered, day, resources_months, chosen) for day in dates]
    frame = pl.concat(dated).sort("household_id", "as_of_date")
    for name in PASSES:
        frame = frame.with_columns(_expressions(chosen, name))
    return frame.select(*SPINE, *(one.name for one in chosen)).cast({"category": pl.String})


def _at(shard: Shard, day: date, resources_months: int, features: Sequence[Feature]) -> pl.DataFrame:
    spine = readings(shard, [day], resources_months)
    ages = _ages(shard, day)
    income = _rural_income(shard, day)
    frame = spine
    for name, table in TABLES.items():
        expressions = _expressions(features, name)
        if expressions:
            view = _dress(table, shard.view(name, day), day, resources_months, spine, ages)
            view = view.with_columns(income)
            summary = view.group_by(_owner(table), maintain_order=True).agg(expressions)
            frame = frame.join(summary, on=_owner(table), how="left", maintain_order="left")
    return frame


def _rural_income(shard: Shard, day: date) -> pl.Expr:
    income = rural_income(shard.tables["villages"]["region_id"][0], day)
    return pl.lit(income, dtype=pl.Float64).alias("rural_income")


def _expressions(features: Sequence[Feature], over: str) -> list[pl.Expr]:
    return [
        one.expression().cast(pl.Float64).fill_nan(None).alias(one.name)
        for one in features
        if one.over == over
    ]


def _owner(table: Table) -> str:
    return "household_id" if "household_id" in table.by_name else "village_id"


def _order(table: Table) -> list[str]:
    """Order by what a record says, never by how people are named: sums then have one order."""
    told = table.usable("text", "date", "number", "money", "integer", "flag", "code")
    return list(dict.fromkeys([_owner(table), table.event, *told]))


def _ordered(name: str, shard: Shard) -> pl.DataFrame:
    """Sort a table once for all dates and give its money the line in force at the event."""
    table = TABLES[name]
    coded = shard.tables[name].with_columns(
        pl.col(column.name).cast(pl.Enum(column.codes)) for column in table.columns if column.codes
    )
    if not _money(table):
        return coded.sort(_order(table), nulls_last=True)
    lines = shard.lines.select(
        pl.col("effective_from").set_sorted(), "effective_to", pl.col("line_per_month").alias("line_then")
    )
    in_force = pl.col("effective_to").is_null() | (pl.col("effective_to") > pl.col(table.event))
    return (
        coded.sort(table.event, nulls_last=True)
        .join_asof(lines, left_on=table.event, right_on="effective_from", strategy="backward")
        .with_columns(pl.when(in_force).then(pl.col("line_then")))
        .drop("effective_from", "effective_to", strict=False)
        .sort(_order(table), nulls_last=True)
    )


def _money(table: Table) -> Sequence[str]:
    return table.usable("money") if _owner(table) == "household_id" else ()


def _ages(shard: Shard, day: date) -> pl.DataFrame:
    months = day.year * 12 + day.month - pl.col("birth_date").dt.year() * 12 - pl.col("birth_date").dt.month()
    return shard.view("members", day).select("member_id", (months // 12).alias("age"))


def _dress(
    table: Table,
    view: pl.DataFrame,
    day: date,
    resources_months: int,
    spine: pl.DataFrame,
    ages: pl.DataFrame,
) -> pl.DataFrame:
    """Add what `features.expressions` promises: needs, is_current, is_active, age."""
    if table.name in LOOK_BACK_MONTHS:
        view = view.filter(pl.col("months_ago") < LOOK_BACK_MONTHS[table.name])
    if table.entity:
        view = view.sort(_order(table), nulls_last=True)
    if "member_id" in table.by_name:
        view = view.join(ages, on="member_id", how="left", maintain_order="left")
    if _money(table):
        view = view.join(
            spine.select("household_id", "equivalents"), on="household_id", how="left", maintain_order="left"
        ).with_columns(_needs(table, resources_months))
    if "ended_on" in table.by_name:
        view = view.with_columns(_spells(day))
    return view.with_columns((pl.col("months_ago") < resources_months).alias("is_current"))


def _needs(table: Table, resources_months: int) -> list[pl.Expr]:
    month = pl.when(pl.col("equivalents") > 0).then(pl.col("line_then") * pl.col("equivalents"))
    return [
        (pl.col(column) / (month * months).fill_null(math.nan)).alias(f"{column}_{twin}")
        for column in _money(table)
        for twin, months in (("needs", resources_months), ("of_year", 12))
    ]


def _spells(day: date) -> list[pl.Expr]:
    ended = pl.col("ended_on")
    months_ago = day.year * 12 + day.month - ended.dt.year() * 12 - ended.dt.month()
    is_open = ended.is_null() | (ended > pl.lit(day))
    return [
        is_open.alias("is_active"),
        pl.when(~is_open).then(months_ago).alias("ended_months_ago"),
        pl.when(is_open).then(-months_ago).alias("ends_in_months"),
    ]
