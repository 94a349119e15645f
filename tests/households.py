"""Invented households in a line or two, for any test that needs a small register."""

from datetime import date
from pathlib import Path

import polars as pl

from register.contract import Column, Table
from register.seasons import months_later
from register.shard import LINES_SCHEMA, Shard
from register.tables import TABLES

START = date(2020, 1, 1)
PLACE = {"village_id": "V1", "township_id": "T1", "county_id": "C1", "region_id": "R1"}
USUAL = {"birth_date": date(1980, 1, 1), "equivalents": 1.0, "valid_from": START, "name": None, **PLACE}


def tables_of(**rows):
    """Fill rows to typed tables: `tables_of(income=[{"household_id": "H1", "amount": 5}])`.

    Dates may be ISO text. What is not given: required columns get a plain value, optional
    ones are missing, `recorded_on` is the day of the event.
    """
    return {name: _typed(TABLES[name], given) for name, given in rows.items()}


def household(name, members=1, income=None, first="2023-01", last="2025-12", state=None, **rows):
    """Describe one household; `income` a month from `first` to `last`, `state` for its own columns."""
    own = {table: [{"household_id": name, **row} for row in given] for table, given in rows.items()}
    own["households"] = [{"household_id": name, **(state or {})}, *own.get("households", [])]
    own["members"] = [
        {"household_id": name, "member_id": f"{name}-{number}"} for number in range(1, members + 1)
    ] + own.get("members", [])
    monthly = [] if income is None else _month_ends(first, last)
    wages = [
        {"household_id": name, "source": "wage", "occurred_on": day, "amount": income} for day in monthly
    ]
    own["income"] = wages + own.get("income", [])
    return own


def village_of(*households, line=100.0, **rows):
    """Gather households into the one village V1 (township T1, county C1, region R1) as a Shard."""
    return Shard.of(village_tables(*households, **rows), lines_of(line))


def village_tables(*households, **rows):
    """Gather households as typed tables, with the village they live in."""
    gathered = {"villages": [{}], **rows}
    for one in households:
        for table, given in one.items():
            gathered[table] = [*gathered.get(table, []), *given]
    return tables_of(**gathered)


def lines_of(line=100.0, region="R1"):
    """Give one income line, currency per month and equivalent, in force since 2010."""
    row = {"region_id": region, "effective_from": date(2010, 1, 1), "line_per_month": line, "origin": "test"}
    return pl.DataFrame([{**dict.fromkeys(LINES_SCHEMA), **row}], schema=LINES_SCHEMA)


def write_folder(folder: Path, tables, county="C1"):
    """Write tables as a sender would: folder/county/table.csv."""
    for name, frame in tables.items():
        path = folder / county / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        frame.cast(pl.String).write_csv(path)
    return folder


def _typed(table: Table, given):
    rows = []
    for row in given:
        filled = {column.name: _value(column, row) for column in table.columns}
        if "recorded_on" not in row:
            filled["recorded_on"] = filled[table.event]
        rows.append(filled)
    unknown = {name for row in given for name in row} - table.by_name.keys()
    assert not unknown, f"{table.name} has no {unknown}"
    return pl.DataFrame(rows, schema=table.schema)


def _value(column: Column, row):
    value = row.get(column.name, _default(column, row))
    return date.fromisoformat(value) if column.kind == "date" and isinstance(value, str) else value


def _default(column: Column, row):
    if not column.required:
        return None
    if column.name in USUAL:
        return USUAL[column.name]
    if column.name == "member_id":
        return f"{row['household_id']}-1"
    plain = {"date": START, "code": (column.codes or ("",))[0], "money": 0.0, "number": 0.0, "integer": 0}
    return plain.get(column.kind, "H1")


def _month_ends(first, last):
    day, end, found = date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01"), []
    while day <= end:
        found.append(months_later(day, 0))
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return found
