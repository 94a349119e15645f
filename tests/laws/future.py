"""Tamper with the future in five ways and count the bits of features that change."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from random import Random

import polars as pl

from features.declaration import Feature
from features.engine import build_features
from register.shard import Shard
from register.tables import TABLES
from tests.laws.registers import DATES, Tables, frame_of, random_tables, record, shard_of


def _changed(random: Random, name: str, future: pl.DataFrame, day: date) -> pl.DataFrame:
    table = TABLES[name]
    kept = ("household_id", "member_id", "village_id", table.event, "recorded_on")
    rows = [
        record(random, table, {column: row[column] for column in kept if column in row})
        for row in future.to_dicts()
    ]
    return frame_of(table, rows)


def _dropped(random: Random, name: str, future: pl.DataFrame, day: date) -> pl.DataFrame:
    return future.clear()


def _halved(random: Random, name: str, future: pl.DataFrame, day: date) -> pl.DataFrame:
    return future.filter(pl.Series([random.random() < 0.5 for _ in range(len(future))], dtype=pl.Boolean))


def _delayed(random: Random, name: str, future: pl.DataFrame, day: date) -> pl.DataFrame:
    return future.with_columns(
        pl.when(pl.col("recorded_on") > day)
        .then(pl.col("recorded_on") + timedelta(days=500))
        .otherwise("recorded_on")
    )


def _added(random: Random, name: str, future: pl.DataFrame, day: date) -> pl.DataFrame:
    new = random_tables(random.randint(0, 10**6))[name]
    late = pl.when(pl.col("recorded_on") > day).then("recorded_on").otherwise(day + timedelta(days=9))
    more = pl.concat([future, new.with_columns(late.alias("recorded_on"))])
    return more.unique([*TABLES[name].key, "recorded_on"], keep="first", maintain_order=True)


WAYS = {"change": _changed, "drop": _dropped, "drop-half": _halved, "add": _added, "delay": _delayed}


def tampered(tables: Tables, day: date, way: str, seed: int) -> Tables:
    """Leave what happened and was known by `day`, tamper with everything else."""
    random, other = Random(seed), {}
    for name, frame in tables.items():
        is_future = (pl.col("recorded_on") > day) | (pl.col(TABLES[name].event) > day)
        future = WAYS[way](random, name, frame.filter(is_future), day)
        other[name] = pl.concat([frame.filter(~is_future), future])
    return other


def changed_bits(
    tables: Tables,
    day: date,
    ways: Iterable[str],
    seed: int,
    make: Callable[[Tables], Shard] = shard_of,
    features: list[Feature] | None = None,
) -> dict[str, int]:
    """Count, for each way, the cells up to `day` that differ in any bit, or rows that came or went."""
    until = [one for one in DATES if one <= day]
    untouched = build_features(make(tables), DATES, 12, features).filter(pl.col("as_of_date") <= day)
    found = {}
    for way in ways:
        again = build_features(make(tampered(tables, day, way, seed)), until, 12, features)
        found[way] = _different(untouched, again)
    return found


def _different(one: pl.DataFrame, other: pl.DataFrame) -> int:
    if len(one) != len(other):
        return one.width * abs(len(one) - len(other))
    return sum((~one[name].eq_missing(other[name])).sum() for name in one.columns)
