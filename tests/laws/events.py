"""Events of each cause, as records that a register gains: nothing else about the household changes."""

from collections.abc import Iterator
from datetime import date
from random import Random

import polars as pl

from register.tables import TABLES
from tests.laws.registers import DATES, Tables, frame_of, record

DAY = DATES[-1]
Says = dict[str, object]
#: Known by `DAY`, and after the date before it.
EVENT = date(2022, 10, 15)
#: What a record of a cause says; of the tables that look at a state, the last look is repeated with it.
HAPPENED = {
    "illness": ("health", [{"kind": one} for one in ("inpatient", "chronic", "major_illness")]),
    "disability": ("health", [{"kind": "disability", "grade": 1}, {"kind": "incapacity"}]),
    "schooling": ("schooling", [{"stage": one} for one in ("dropped_out", "vocational", "university")]),
    "business": ("shocks", [{"kind": one} for one in ("crop_loss", "price_fall")]),
    "disaster": ("shocks", [{"kind": "flood"}]),
    "accident": ("shocks", [{"kind": "accident_injury"}]),
    "housing": ("housing", [{"grade": "D"}]),
    "water": ("water", [{"status": "cut"}]),
    "employment": ("employment", [{"ended_on": EVENT}]),
    "labour": ("members", [{"labour": "lost"}, {"valid_to": EVENT}]),
}
#: Tables whose silence says that nothing happened; of the others a household must be known before.
SILENT = ("shocks", "schooling")


def with_events(tables: Tables, cause: str, says: Says, random: Random) -> tuple[Tables, list[str]]:
    """Give the register after an event in every household it can happen to, and name these."""
    name, _ = HAPPENED[cause]
    change = _CHANGES.get(name, _added)
    records = {home: change(tables, name, home, says, random) for home in _homes(tables, name)}
    struck = [home for home, new in records.items() if len(new)]
    table = pl.concat([*records.values(), tables[name]])
    return tables | {name: table.unique([*TABLES[name].key, "recorded_on"], keep="first")}, struck


def _homes(tables: Tables, name: str) -> Iterator[str]:
    for home in tables["households"]["household_id"].unique(maintain_order=True):
        if name in SILENT or len(_known(tables, name, home)):
            yield home


def _known(tables: Tables, name: str, home: str) -> pl.DataFrame:
    """Give a household's records of before the event, as known at the end."""
    table = TABLES[name]
    rows = tables[name].filter(pl.col("recorded_on") <= DAY).sort("recorded_on")
    newest = rows.unique(table.key, keep="last", maintain_order=True).sort(table.event)
    return newest.filter(pl.col("household_id") == home, pl.col(table.event) < EVENT)


def _added(tables: Tables, name: str, home: str, says: Says, random: Random) -> pl.DataFrame:
    table = TABLES[name]
    keep = {"household_id": home, "member_id": f"{home}m0", "ended_on": None}
    keep |= {table.event: EVENT, "recorded_on": DAY, **says}
    return frame_of(table, [record(random, table, {k: v for k, v in keep.items() if k in table.by_name})])


def _looked_again(tables: Tables, name: str, home: str, says: Says, _: Random) -> pl.DataFrame:
    """Let a look find one thing and say nothing else; it had been looked at before."""
    table, before = TABLES[name], _known(tables, name, home).drop_nulls(list(says))
    found = {"household_id": home, table.event: EVENT, "recorded_on": DAY, **says}
    return frame_of(table, [{column: found.get(column) for column in table.schema}] if len(before) else [])


def _ended(tables: Tables, name: str, home: str, says: Says, _: Random) -> pl.DataFrame:
    """End a spell of work that was open."""
    is_open = pl.col("ended_on").is_null() | (pl.col("ended_on") > DAY)
    here = pl.col("member_id").is_in(_who_stay(tables, home)["member_id"].to_list())
    spells = _known(tables, name, home).filter(is_open, here, pl.col("activity") != "seeking")
    return frame_of(TABLES[name], [row | {"recorded_on": DAY, **says} for row in spells.head(1).to_dicts()])


def _of_a_worker(tables: Tables, name: str, home: str, says: Says, _: Random) -> pl.DataFrame:
    """Let the first who can work become unable, or leave; somebody stays."""
    stay = _who_stay(tables, home)
    born = pl.col("birth_date").is_between(date(1965, 1, 1), date(2004, 1, 1))
    able = stay.filter(pl.col("labour").is_in(["skilled", "ordinary"]), born)
    begins = {} if "valid_to" in says else {"valid_from": EVENT}
    rows = able.head(1).to_dicts() if len(stay) > 1 else []
    return frame_of(TABLES[name], [row | {"recorded_on": DAY} | begins | says for row in rows])


def _who_stay(tables: Tables, home: str) -> pl.DataFrame:
    """Give the members who lived in no other household and in no other way."""
    people = _known(tables, "members", home)
    once = tables["members"].filter(pl.len().over("member_id") == 1)["member_id"].to_list()
    ends = pl.col("valid_to")
    return people.filter(pl.col("member_id").is_in(once), ends.is_null() | (ends > DAY))


_CHANGES = {"housing": _looked_again, "water": _looked_again, "employment": _ended, "members": _of_a_worker}
