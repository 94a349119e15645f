"""Invented households: a line of 1,000 a month and person, seen at the end of 2025."""

from datetime import date

import polars as pl

from features.engine import build_features
from register.shard import LINES_SCHEMA, Shard
from register.tables import TABLES

DAY = date(2025, 12, 31)
LONG_AGO = date(2020, 1, 1)
LINES = pl.DataFrame([("530000", LONG_AGO, None, 1_000.0, "CNY", "story")], schema=LINES_SCHEMA, orient="row")
VILLAGE = {
    "village_id": "v",
    "township_id": "t",
    "county_id": "c",
    "region_id": "530000",
    "valid_from": LONG_AGO,
}
HOUSEHOLD = {"household_id": "h", "village_id": "v", "category": "lifted_out", "valid_from": LONG_AGO}
HEAD = {"member_id": "head", "birth_date": date(1980, 5, 1), "relation": "head"}
CHILD = {"member_id": "child", "birth_date": date(2010, 5, 1), "relation": "child"}


def frame(name, rows):
    """Type rows, owned by household h and known at once unless they say otherwise."""
    table = TABLES[name]
    owner = {"household_id": "h"} if "household_id" in table.by_name else {}
    filled = [{**owner, "recorded_on": row.get(table.event), **row} for row in rows]
    return pl.DataFrame(filled, schema=table.schema, orient="row")


def people(*members):
    return [{"equivalents": 1.0, "valid_from": LONG_AGO, **one} for one in members]


def shard(**tables):
    """Build a county of one household, a head and a child, with the given records."""
    records = {
        "villages": [VILLAGE],
        "households": [HOUSEHOLD],
        "members": people(HEAD, CHILD),
        **tables,
    }
    return Shard.of({name: frame(name, rows) for name, rows in records.items()}, LINES)


def household(dates=(DAY,), months=12, **tables):
    """Give the features of household h at the last date."""
    built = build_features(shard(**tables), list(dates), months)
    return built.filter(pl.col("household_id") == "h").row(-1, named=True)
