"""Small random registers made from the contracts alone, so that laws meet every column."""

from datetime import date, timedelta
from random import Random

import polars as pl

from register.contract import Column, Table
from register.shard import LINES_SCHEMA, Shard
from register.tables import TABLES

FIRST, DAYS = date(2020, 1, 1), 1_200
DATES = (date(2021, 12, 31), date(2022, 6, 30), date(2022, 12, 31))
LINES = pl.DataFrame(
    [
        ("530000", date(2000, 1, 1), date(2022, 1, 1), 500.0, "CNY", "law"),
        ("530000", date(2022, 1, 1), None, 550.0, "CNY", "law"),
    ],
    schema=LINES_SCHEMA,
    orient="row",
)
#: Village to township; one county.
VILLAGES = {"v0": "t0", "v1": "t0", "v2": "t1"}
#: Columns of surveys alone: drawn apart, so that the registers drawn before there were any stay as they are.
DRAWN_APART = ("survey_weight",)
Tables = dict[str, pl.DataFrame]


def shard_of(tables: Tables) -> Shard:
    return Shard.of(tables, LINES)


def random_tables(seed: int, households: int = 6, prefix: str = "h", village: str | None = None) -> Tables:
    """Make every table; some records are late, some corrected, some states end.

    Some persons move to another household, some households split off or merge.
    """
    random = Random(seed)
    people = {
        f"{prefix}{i}": [f"{prefix}{i}m{j}" for j in range(random.randint(1, 4))] for i in range(households)
    }
    tables = {
        name: _records(random, table, people, village, 40 if name == "income" else 4)
        for name, table in TABLES.items()
        if name not in {"villages", "households", "members"}
    }
    return {
        "villages": _states(
            random,
            "villages",
            [{"village_id": one, "township_id": of, "county_id": "c"} for one, of in VILLAGES.items()],
        ),
        "households": _states(
            random,
            "households",
            [{"household_id": one, "village_id": village or random.choice(list(VILLAGES))} for one in people],
        ),
        "members": _states(
            random,
            "members",
            [{"household_id": home, "member_id": one} for home in people for one in people[home]],
        ),
        **tables,
    }


def record(random: Random, table: Table, keep: dict[str, object]) -> dict[str, object]:
    """Make one record of random allowed values; `keep` overrides."""
    own = [column for column in table.columns if column.name not in DRAWN_APART]
    made = {column.name: _value(random, column) for column in own} | keep
    apart = Random(repr(made))
    made |= {name: _value(apart, table.by_name[name]) for name in DRAWN_APART if name in table.by_name}
    if "recorded_on" not in keep:
        made["recorded_on"] = made[table.event] + timedelta(days=random.choice([0, 3, 40, 200]))
    return made


def _records(
    random: Random, table: Table, people: dict[str, list[str]], village: str | None, each: int
) -> pl.DataFrame:
    made = []
    for home, members in people.items():
        for _ in range(random.randint(0, 2 * each)):
            owner = {"household_id": home, "member_id": random.choice(members)}
            one = record(random, table, {k: v for k, v in owner.items() if k in table.by_name})
            made.append(one)
            if random.random() < 0.2:
                later = one["recorded_on"] + timedelta(days=random.randint(1, 300))
                same = {name: one[name] for name in ("household_id", *table.key)} | {"recorded_on": later}
                made.append(record(random, table, same))
    return frame_of(table, made)


def _states(random: Random, name: str, owners: list[dict[str, object]]) -> pl.DataFrame:
    table, made = TABLES[name], []
    for owner in owners:
        since = {"valid_from": date(2019, 1, 1), "valid_to": None, "recorded_on": date(2019, 2, 1)}
        first = record(random, table, owner | {k: v for k, v in since.items() if k in table.by_name})
        made.append(first)
        if random.random() < 0.5:
            changed_on = FIRST + timedelta(days=random.randint(0, DAYS))
            moved = _moved(random, name, owner, owners) | {"valid_from": changed_on}
            made.append(record(random, table, owner | moved))
    return frame_of(table, made)


def _moved(
    random: Random, name: str, owner: dict[str, object], owners: list[dict[str, object]]
) -> dict[str, object]:
    if name == "villages" or random.random() < 0.5:
        return {}
    elsewhere = random.choice(owners)["household_id"]
    return {"members": {"household_id": elsewhere}, "households": {"origin_household_id": elsewhere}}[name]


def frame_of(table: Table, records: list[dict[str, object]]) -> pl.DataFrame:
    """Type the records; of two with one key and one knowledge time the first stays."""
    frame = pl.DataFrame(records, schema=table.schema, orient="row")
    return frame.unique([*table.key, "recorded_on"], keep="first", maintain_order=True)


def _value(random: Random, column: Column) -> object:
    if column.name == "region_id":
        return "530000"
    if not column.required and random.random() < 0.15:
        return None
    if column.codes:
        return random.choice(column.codes)
    if column.kind == "date":
        start = date(1940, 1, 1) if column.name == "birth_date" else FIRST
        return start + timedelta(days=random.randint(0, 28_000 if column.name == "birth_date" else DAYS))
    return {
        "flag": random.random() < 0.5,
        "money": round(random.uniform(0, 3_000), 2),
        "number": round(random.uniform(0, min(column.high or 100, 200)), 2),
        "integer": random.randint(int(column.low or 0), int(column.high or 9)),
    }.get(column.kind, f"{column.name}-{random.randint(0, 9)}")
