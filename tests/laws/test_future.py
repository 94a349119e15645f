"""The first law: nothing that happens or becomes known after a date moves a feature at it."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from features.declaration import Feature
from features.engine import build_features
from register.shard import Shard
from register.tables import TABLES
from tests.laws.registers import DATES, Tables, frame_of, random_tables, record, shard_of

SEEDS = range(3)


def _split(name, frame, day):
    future = (pl.col("recorded_on") > day) | (pl.col(TABLES[name].event) > day)
    return frame.filter(~future), frame.filter(future)


def _changed(random, name, future, day):
    table = TABLES[name]
    kept = ("household_id", "member_id", "village_id", table.event, "recorded_on")
    rows = [
        record(random, table, {column: row[column] for column in kept if column in row})
        for row in future.to_dicts()
    ]
    return frame_of(table, rows)


def _dropped(random, name, future, day):
    return future.clear()


def _halved(random, name, future, day):
    return future.filter(pl.Series([random.random() < 0.5 for _ in range(len(future))], dtype=pl.Boolean))


def _delayed(random, name, future, day):
    return future.with_columns(
        pl.when(pl.col("recorded_on") > day)
        .then(pl.col("recorded_on") + timedelta(days=500))
        .otherwise("recorded_on")
    )


def _added(random, name, future, day):
    new = random_tables(random.randint(0, 10**6))[name]
    late = pl.when(pl.col("recorded_on") > day).then("recorded_on").otherwise(day + timedelta(days=9))
    more = pl.concat([future, new.with_columns(late.alias("recorded_on"))])
    return more.unique([*TABLES[name].key, "recorded_on"], keep="first", maintain_order=True)


WAYS = {"change": _changed, "drop": _dropped, "halve": _halved, "delay": _delayed, "add": _added}


def keep_the_future_out(tables: Tables, day: date, way: str, seed: int, make=shard_of, features=None):
    """Compare what is known at `day` with the same after the future was tampered with."""
    random, tampered = Random(seed), {}
    for name, frame in tables.items():
        past, future = _split(name, frame, day)
        tampered[name] = pl.concat([past, WAYS[way](random, name, future, day)])
    untouched = build_features(make(tables), DATES, 12, features).filter(pl.col("as_of_date") <= day)
    again = build_features(make(tampered), [one for one in DATES if one <= day], 12, features)
    assert_frame_equal(again, untouched, check_exact=True)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("way", WAYS)
def test_no_bit_of_any_feature_depends_on_the_future(way, seed):
    tables = random_tables(seed)
    for day in DATES:
        keep_the_future_out(tables, day, way, seed)


def _income_so_far(expression, over="income"):
    return Feature("planted", over, "income", "泄漏", "leak", "", "law", (None, None), 0, expression)


def test_the_law_catches_a_feature_that_looks_at_the_next_date():
    leak = _income_so_far(
        lambda: pl.col("resources_over_line").shift(-1).over("household_id"), over="history"
    )
    with pytest.raises(AssertionError):
        keep_the_future_out(random_tables(0), DATES[1], "drop", 0, features=[leak])


def test_the_law_catches_a_feature_that_reads_when_a_record_was_replaced():
    leak = _income_so_far(lambda: pl.col("replaced_on").is_not_null().sum())
    with pytest.raises(AssertionError):
        keep_the_future_out(random_tables(0), DATES[1], "drop", 0, features=[leak])


class Unveiled(Shard):
    """A register that shows records whenever they were entered."""

    def view(self, name, as_of_date, known_on=None):
        return super().view(name, as_of_date, known_on or date.max)


# A delay is not seen by what never asks when a record became known.
@pytest.mark.parametrize("way", [way for way in WAYS if way != "delay"])
def test_the_law_catches_a_register_that_ignores_when_records_became_known(way):
    def unveiled(tables):
        shard = shard_of(tables)
        return replace(Unveiled(shard.tables, shard.lines))

    leak = _income_so_far(lambda: pl.col("amount").sum())
    with pytest.raises(AssertionError):
        keep_the_future_out(random_tables(1), DATES[0], way, 1, make=unveiled, features=[leak])
