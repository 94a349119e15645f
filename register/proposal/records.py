"""Propose the records of tables that no shipped mapping knows: surveys, and lists of departments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from register.proposal.amounts import incomes
from register.proposal.columns import FILLED, Columns
from register.proposal.files import Filled, ProposedFile, ProposedRecord
from register.proposal.fills import coded, doubt_of, filled, is_nested, is_single, named
from register.proposal.looking import Look
from register.proposal.people import is_of_persons, member_number, members
from register.proposal.waves import Known
from register.tables import TABLES

#: Tables made of what a survey has; the others need columns of their own names.
COMMON = ("villages", "households", "members", "income")
#: Share of households whose village must be known; those without one are set aside.
PLACED = 0.75


@dataclass(frozen=True)
class Context:
    """What the whole folder says.

    Attributes
    ----------
    place : str
        County and region where no column names them.
    months : int
        Months of income that are compared with the line, to which an amount is brought.
    """

    place: str
    months: int


def proposed(look: Look, known: Known, following: date | None, context: Context) -> ProposedFile | None:
    """Propose what a table could become; None where no household is named in it, nor anything else known.

    Parameters
    ----------
    look : Look
    known : Known
        When its rows were known.
    following : date, optional
        Day of the next wave, from which a list of persons no longer holds.
    context : Context
    """
    columns = Columns(look)
    household, member = columns.key("household_id"), columns.key("member_id")
    dated = Filled(known.cell, known.zh, known.en)
    shared: dict[str, Filled] = {}
    if household:
        shared["household_id"] = filled(household)
    if household and member and is_of_persons(columns, household, known):
        shared["member_id"] = member_number(columns, household, member, known)
    for column in ("occurred_on", "valid_from", "recorded_on"):
        shared[column] = dated
    records = tuple(_records(columns, shared, known, following, context))
    if not records:
        return None
    county = columns.key("county_id")
    made = ProposedFile(
        look,
        known.pattern,
        filled(county) if county else _place(context),
        {
            name: one
            for name, one in shared.items()
            if any(name in TABLES[record.table].by_name for record in records)
        },
        (),
        records,
    )
    return replace(made, missing=tuple(columns.no_values(sorted(made.headers & {*look.columns}))))


def _records(
    columns: Columns, shared: Mapping[str, Filled], known: Known, following: date | None, context: Context
) -> Iterator[ProposedRecord]:
    if "household_id" in shared and "member_id" not in shared:
        yield from _homes(columns, shared, known, context)
    if "member_id" in shared:
        yield from members(columns, shared, following)
    if "household_id" in shared:
        yield from incomes(columns, context.months)
    yield from _own_names(columns, shared)


def _homes(
    columns: Columns, shared: Mapping[str, Filled], known: Known, context: Context
) -> Iterator[ProposedRecord]:
    """Propose villages and households of a table with one row a household."""
    village = columns.key("village_id", PLACED)
    if not village or not is_single(columns, [shared["household_id"].cell, known.cell]):
        return
    township, county, region = (columns.key(f"{role}_id") for role in ("township", "county", "region"))
    nested = township and is_nested(columns, village.header, township.header)
    cell: Any = village.header if nested or not township else {"join": [township.header, village.header]}
    own = Filled(cell, *doubt_of(village))
    if (empty := 1 - columns.filled(village.header)) > 1 - FILLED:
        own = Filled(cell, f"{empty:.0%} 的行为空，将被隔离", f"empty in {empty:.0%} of the rows: set aside")
    yield ProposedRecord(
        "villages",
        {
            "village_id": own,
            "township_id": filled(township) if township else _place(context),
            "county_id": filled(county) if county else _place(context),
            "region_id": filled(region) if region else _region(context),
            **named(columns, "villages", ("village_id", "township_id", "county_id", "region_id", "name")),
        },
    )
    category = coded(columns, "households", "category") or Filled(
        {"constant": "ordinary"}, "没有户类型列，都按一般农户", "no column of categories: all are ordinary"
    )
    further = named(columns, "households", ("household_id", "village_id", "category", "origin_household_id"))
    yield ProposedRecord("households", {"village_id": own, "category": category, **further})


def _own_names(columns: Columns, shared: Mapping[str, Filled]) -> Iterator[ProposedRecord]:
    """Propose the table of which most columns are there by their names, all that are required among them."""
    further = [table for table in TABLES if table not in COMMON]
    cells = {table: named(columns, table, ("household_id", "member_id")) for table in further}
    table = max(further, key=lambda one: _n_own(cells[one]))
    required = {one.name for one in TABLES[table].columns if one.required}
    if not _n_own(cells[table]) or not required <= {*cells[table], *shared, "started_on"}:
        return
    if "started_on" in required and "started_on" not in cells[table]:
        cells[table]["started_on"] = shared["valid_from"]
    yield ProposedRecord(table, cells[table])


def _n_own(cells: Mapping[str, Filled]) -> int:
    """Count what tells of more than a day."""
    return len({*cells} - {"occurred_on", "started_on", "ended_on", "valid_from", "valid_to", "recorded_on"})


def _place(context: Context) -> Filled:
    return Filled({"constant": context.place}, "没有这一列，用文件夹名", "no such column: the folder's name")


def _region(context: Context) -> Filled:
    return Filled(
        {"constant": context.place},
        "收入线地区，与 lines.csv 的 region_id 一致",
        "region of the income line: the region_id of lines.csv",
    )
