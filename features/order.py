"""The order of a table's records, made once for all dates, and the line in force at each."""

from dataclasses import replace

import polars as pl

from features.lineage import FOLLOWED
from register.contract import Table
from register.shard import Shard

#: The columns that name households, persons and places; those of a line are numbered together.
IDS = (
    ("household_id", "origin_household_id"),
    ("member_id",),
    ("village_id",),
    ("township_id",),
    ("county_id",),
)


def numbered(shard: Shard) -> Shard:
    """Turn ids into numbers that print and sort as ids do: a fifth less time for all features."""
    tables = dict(shard.tables)
    for columns in IDS:
        id_columns = [frame[one] for frame in tables.values() for one in columns if one in frame.columns]
        ids = pl.Enum(pl.concat(id_columns).drop_nulls().unique().sort())
        tables = {
            name: frame.with_columns(pl.col(one).cast(ids) for one in columns if one in frame.columns)
            for name, frame in tables.items()
        }
    return replace(shard, tables=tables)


def owner_of(table: Table) -> str:
    """Name the column that says whose a record is."""
    return "household_id" if "household_id" in table.by_name else "village_id"


def at(table: Table) -> str:
    """Name the column that numbers the owner of a record at a date."""
    return owner_of(table).replace("_id", "_at")


def ordered(table: Table, shard: Shard) -> pl.DataFrame:
    """Sort a table by owner and event and give its money ``line_then``, the line in force at the event.

    The order is that of what a record says, never of how people are named: sums then have one.
    Records that others may inherit have it as ``order``, counted over all households.
    """
    event, entry = pl.col(table.event).dt, pl.col("recorded_on").dt
    entered_after = (entry.year() - event.year()) * 12 + entry.month() - event.month()
    codes = (pl.col(column.name).cast(pl.Enum(column.codes)) for column in table.columns if column.codes)
    coded = shard.tables[table.name].with_columns(*codes, entered_after.alias("entered_after"))
    content = [table.event, *table.usable("text", "date", "number", "money", "integer", "flag", "code")]
    if table.name in FOLLOWED:
        coded, content = coded.sort(content, nulls_last=True).with_row_index("order"), ["order"]
    coded = coded.sort(owner_of(table), *content, nulls_last=True)
    return coded.with_columns(_line_then(coded[table.event], shard.lines)) if table.usable("money") else coded


def _line_then(events: pl.Series, lines: pl.DataFrame) -> pl.Series:
    ends = lines.select("effective_to", "line_per_month")
    none_yet = pl.concat([ends.clear(1), ends])
    begun = none_yet[lines["effective_from"].search_sorted(events, side="right")]
    in_force = pl.col("effective_to").is_null() | (pl.col("effective_to") > events)
    return begun.select(pl.when(in_force).then("line_per_month").alias("line_then")).to_series()
