"""The as-of engine: every declared feature of one county at every date."""

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import polars as pl

from features.activity import with_activity
from features.attendance import with_years_attended
from features.declaration import EVENTS, PASSES, PLACES, Feature, declared_features
from features.lineage import Lineage
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
    threads: int = 1,
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
    threads : int
        Dates built at a time; the result does not depend on it.

    Returns
    -------
    DataFrame
        `SPINE` columns, then one Float64 column a feature; sorted by household and date.
        A household without a record in a table's window is missing there, not zero; of
        `EVENTS` it has what the expressions say of no records.
    """
    chosen = declared_features() if features is None else features
    numbered = _numbered(shard)
    used = {one.over for one in chosen} & {*TABLES}
    tables = {name: _ordered(name, numbered) for name in used}
    ordered = replace(numbered, tables={**numbered.tables, **tables})
    with ThreadPoolExecutor(threads) as pool:  # polars works without Python's lock
        dated = pool.map(lambda day: _at(ordered, day, resources_months, chosen), dates)
        frame = pl.concat(dated).sort("household_id", "as_of_date")
    for name in PASSES:
        place = pl.col(PLACES.get(name, "household_id")).alias("place_id")
        passing = {one.name: _number(one.expression()) for one in chosen if one.over == name}
        frame = frame.with_columns(place).with_columns(**passing)
    return frame.select(*SPINE, *(one.name for one in chosen)).cast({pl.Enum: pl.String})


def _numbered(shard: Shard) -> Shard:
    """Turn ids into numbers that print and sort as ids do: a fifth less time for all features."""
    tables = dict(shard.tables)
    for columns in (("household_id", "origin_household_id"), ("member_id",), ("village_id",)):
        id_columns = [frame[one] for frame in tables.values() for one in columns if one in frame.columns]
        ids = pl.Enum(pl.concat(id_columns).drop_nulls().unique().sort())
        tables = {
            name: frame.with_columns(pl.col(one).cast(ids) for one in columns if one in frame.columns)
            for name, frame in tables.items()
        }
    return replace(shard, tables=tables)


def _at(shard: Shard, day: date, resources_months: int, features: Sequence[Feature]) -> pl.DataFrame:
    spine = readings(shard, [day], resources_months)
    lineage = Lineage.at(shard, day)
    places = shard.view("villages", day).select(*PLACES.values())
    parts = [spine.join(places, on="village_id", how="left", maintain_order="left")]
    for name, table in TABLES.items():
        over = [one for one in features if one.over == name]
        if over:
            view = _dress(shard, table, day, resources_months, spine, lineage)
            owner = _owner(table)
            rural = known_rural_income(shard, day)
            parts.append(summarised_for(spine.select(owner), view, over, rural).drop(owner))
    return pl.concat(parts, how="horizontal")


def summarised_for(
    owners: pl.DataFrame, view: pl.DataFrame, features: Sequence[Feature], rural: pl.Expr
) -> pl.DataFrame:
    """Aggregate the records of each of `owners`, a frame of one column.

    Who has none is missing, or over `EVENTS` has what one record that says nothing gives.
    """
    (owner,) = owners.columns
    made = summarised(view, owner, features)
    aligned = owners.join(made, on=owner, how="left", maintain_order="left")
    silent = ~pl.col(owner).is_in(made[owner].implode())
    record = view.clear(1).with_columns(rural)
    nothing = {
        one.name: record.select(_number(one.expression())).item() for one in features if one.over in EVENTS
    }
    return aligned.with_columns(
        pl.when(silent).then(pl.lit(value)).otherwise(pl.col(name)).alias(name)
        for name, value in nothing.items()
    )


def summarised(view: pl.DataFrame, owner: str, features: Sequence[Feature]) -> pl.DataFrame:
    """Aggregate the records of each `owner`: shared parts once, then what rests on them."""
    parts = {name: part for one in features for name, part in one.parts.items()}
    direct = {one.name: one.expression() for one in features if not one.parts}
    resting = {one.name: one.expression() for one in features if one.parts}
    made = view.group_by(owner, maintain_order=True).agg(**parts, **direct).with_columns(**resting)
    return made.select(owner, *(_number(pl.col(one.name)) for one in features))


def table_view(shard: Shard, name: str, day: date, resources_months: int) -> pl.DataFrame:
    """Show a table at a date as the features over it see it, sorted by household and event."""
    ordered = replace(shard, tables={**shard.tables, name: _ordered(name, shard)})
    spine = readings(shard, [day], resources_months)
    return _dress(ordered, TABLES[name], day, resources_months, spine, Lineage.at(shard, day))


def known_rural_income(shard: Shard, day: date) -> pl.Expr:
    """Give ``rural_income``, the rural income a head that is known of the county's province at `day`."""
    income = rural_income(shard.tables["villages"]["region_id"][0], day)
    return pl.lit(income, dtype=pl.Float64).alias("rural_income")


def _number(value: pl.Expr) -> pl.Expr:
    return value.cast(pl.Float64).fill_nan(None)


def _owner(table: Table) -> str:
    return "household_id" if "household_id" in table.by_name else "village_id"


def _ordered(name: str, shard: Shard) -> pl.DataFrame:
    """Sort a table once for all dates and give its money the line in force at the event.

    The order is that of what a record says, never of how people are named: sums then have one.
    """
    table = TABLES[name]
    event, entry = pl.col(table.event).dt, pl.col("recorded_on").dt
    entered_after = (entry.year() - event.year()) * 12 + entry.month() - event.month()
    coded = shard.tables[name].with_columns(
        *(pl.col(column.name).cast(pl.Enum(column.codes)) for column in table.columns if column.codes),
        entered_after.alias("entered_after"),
    )
    content = table.usable("text", "date", "number", "money", "integer", "flag", "code")
    coded = coded.sort(table.event, *content, nulls_last=True).with_row_index("order")
    if not _money(table):
        return coded.sort(_owner(table), "order", nulls_last=True)
    begun = shard.lines["effective_from"].search_sorted(coded[table.event], side="right").alias("begun")
    lines = shard.lines.with_row_index("begun", offset=1).select(
        "begun", "effective_to", pl.col("line_per_month").alias("line_then")
    )
    in_force = pl.col("effective_to").is_null() | (pl.col("effective_to") > pl.col(table.event))
    return (
        coded.with_columns(begun)
        .join(lines, on="begun", how="left")
        .with_columns(pl.when(in_force).then(pl.col("line_then")))
        .drop("begun", "effective_to")
        .sort(_owner(table), "order", nulls_last=True)
    )


def _money(table: Table) -> Sequence[str]:
    return table.usable("money") if _owner(table) == "household_id" else ()


def _dress(
    shard: Shard,
    table: Table,
    day: date,
    resources_months: int,
    spine: pl.DataFrame,
    lineage: Lineage,
) -> pl.DataFrame:
    """Add what `features.expressions` promises: needs, is_current, is_active, age."""
    view = shard.view(table.name, day)
    if table.name in LOOK_BACK_MONTHS:
        view = view.filter(pl.col("months_ago") < LOOK_BACK_MONTHS[table.name])
    inherited = lineage.inherited(table, view)
    if table.entity or len(inherited):
        view = pl.concat([view, inherited]).sort(_owner(table), "order", nulls_last=True)
    if "member_id" in table.by_name:
        view = lineage.with_ages(view)
    if table.name == "members":
        view = with_activity(with_years_attended(view, shard, day), shard, day)
    if _money(table):
        view = view.join(
            spine.select("household_id", "equivalents"), on="household_id", how="left", maintain_order="left"
        ).with_columns(_needs(table, resources_months))
    if "ended_on" in table.by_name:
        view = view.with_columns(_spells(day))
    is_current = (pl.col("months_ago") < resources_months).alias("is_current")
    return view.with_columns(is_current, known_rural_income(shard, day))


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
