"""Laws that every declared feature keeps, whatever the register says."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from features.declaration import EVENTS, GROUPS, PASSES, Feature, declared_features, feature_groups
from features.engine import SPINE, build_features
from register.reference import rural_income
from register.shard import Shard
from register.tables import TABLES
from tests.laws.registers import DATES, LINES, frame_of, random_tables, record, shard_of

SEEDS = range(3)
IDS = ("household_id", "origin_household_id", "member_id", "village_id", "township_id", "county_id")
DERIVED = (
    "months_ago",
    "is_current",
    "is_active",
    "age",
    "ended_months_ago",
    "ends_in_months",
    "school_years",
    "years_attended",
    "is_at_work",
    "is_in_labour_force",
    "rural_income",
    "version",
    "entered_after",
)
READINGS = ("n_members", "equivalents", "line_per_month", "resources_over_line")


def _build(tables, features=None, months=12):
    return build_features(shard_of(tables), DATES, months, features)


def _renamed(frame, name):
    ids = [one for one in IDS if one in frame.columns]
    return frame.with_columns(pl.col(ids).map_elements(name, pl.String))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_rows_is_irrelevant(seed):
    tables = random_tables(seed)
    shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=seed + 7) for name, frame in tables.items()}
    assert_frame_equal(_build(shuffled), _build(tables), check_exact=True)


def test_the_order_of_columns_is_irrelevant():
    tables = random_tables(3)
    turned = {name: frame.select(reversed(frame.columns)) for name, frame in tables.items()}
    assert_frame_equal(_build(turned), _build(tables), check_exact=True)


def test_tables_built_side_by_side_come_out_the_same():
    shard = shard_of(random_tables(3))
    assert build_features(shard, DATES, 12, threads=2).equals(build_features(shard, DATES, 12))


@pytest.mark.parametrize("seed", SEEDS)
def test_dates_built_together_come_out_as_each_alone(seed):
    """But for history, which looks at the dates before, and what neighbours make of it."""
    shard = shard_of(random_tables(seed, households=12))
    history = {one.name for one in declared_features() if one.over == "history"}
    apart = [one for one in declared_features() if one.name not in history and not one.reads & history]
    alone = pl.concat(build_features(shard, [day], 12, apart) for day in DATES)
    together = build_features(shard, DATES, 12, apart)
    assert_frame_equal(together, alone.sort("household_id", "as_of_date"), check_exact=True)


@pytest.mark.parametrize("records", [1, 50])
def test_how_many_records_are_read_at_a_time_is_irrelevant(records, monkeypatch):
    shard = shard_of(random_tables(4, households=12))
    expected = build_features(shard, DATES, 12)
    monkeypatch.setattr("features.engine.RECORDS_AT_ONCE", records)
    assert_frame_equal(build_features(shard, DATES, 12), expected, check_exact=True)


def test_a_part_means_the_same_wherever_it_is_named():
    """The engine makes one aggregate of each name; a feature's name is taken by the feature."""
    features = declared_features()
    made = {(one.over, name): part for one in features for name, part in one.parts.items()}
    for one in features:
        assert all(made[one.over, name].meta.eq(part) for name, part in one.parts.items()), one.name
    assert {name for _, name in made} & {one.name for one in features} == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_how_households_persons_and_places_are_named_is_irrelevant(seed):
    tables = random_tables(seed)
    built = _build({table: _renamed(frame, lambda name: f"z{name[::-1]}") for table, frame in tables.items()})
    back = _renamed(built, lambda name: name[1:][::-1])
    assert_frame_equal(back.sort("household_id", "as_of_date"), _build(tables), check_exact=True)


def test_how_the_region_is_named_is_irrelevant(monkeypatch):
    """The region's line and rural income go by its name; renamed with it, nothing changes."""
    tables = random_tables(2)
    expected = _build(tables)
    monkeypatch.setattr("features.past.rural_income", lambda _, day: rural_income("530000", day))
    there = pl.lit("990000").alias("region_id")
    moved = tables | {"villages": tables["villages"].with_columns(there)}
    built = build_features(Shard.of(moved, LINES.with_columns(there)), DATES, 12)
    assert_frame_equal(built, expected, check_exact=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_ids_that_are_shifted_numbers_change_nothing(seed):
    tables, numbers = random_tables(seed), {}
    shifted = {
        table: _renamed(frame, lambda name: numbers.setdefault(name, f"{9_000_000 - len(numbers)}"))
        for table, frame in tables.items()
    }
    back = {number: name for name, number in numbers.items()}
    built = _renamed(_build(shifted), lambda number: back[number])
    assert_frame_equal(built.sort("household_id", "as_of_date"), _build(tables), check_exact=True)


@pytest.mark.parametrize(("elsewhere", "sees"), [("v1", {"township", "county"}), ("v2", {"county"})])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_household_of_another_place_changes_nothing_but_what_looks_that_far(seed, elsewhere, sees):
    tables = random_tables(seed, village="v0")
    stranger = random_tables(seed + 50, households=3, prefix="a", village=elsewhere)
    together = {
        name: frame if name == "villages" else pl.concat([frame, stranger[name]])
        for name, frame in tables.items()
    }
    blind = [one for one in declared_features() if one.over not in sees]
    mine = _build(together, blind).filter(pl.col("village_id") == "v0")
    assert_frame_equal(mine, _build(tables, blind), check_exact=True)


def test_a_table_delivered_twice_changes_nothing():
    tables = random_tables(4)
    twice = {name: pl.concat([frame, frame]) for name, frame in tables.items()}
    assert_frame_equal(_build(twice), _build(tables), check_exact=True)


@pytest.mark.parametrize("months", [1, 12])
@pytest.mark.parametrize("seed", SEEDS)
def test_bounds_are_kept_and_no_value_is_infinite(seed, months):
    built = _build(random_tables(seed, households=12), months=months)
    for one in declared_features():
        values = built[one.name].drop_nulls()
        low, high = one.bounds
        assert values.is_finite().all(), one.name
        assert low is None or (values >= low).all(), (one.name, values.min())
        assert high is None or (values <= high).all(), (one.name, values.max())


def test_every_feature_is_known_for_some_household():
    built = _build(random_tables(5, households=20))
    assert [one.name for one in declared_features() if not built[one.name].count()] == []


def test_a_household_without_records_is_missing_not_zero_but_for_events():
    """Who has no record of an event had none: it must look like whoever had another event only."""
    tables = random_tables(1)
    silent = {
        name: frame if name in {"villages", "households", "members"} else frame.clear()
        for name, frame in tables.items()
    }
    built = _build(silent)
    silenced = [
        one.name
        for one in declared_features()
        if one.over in TABLES and one.over not in {"villages", "households", "members", *EVENTS}
    ]
    counted = [one.name for one in declared_features() if one.over in EVENTS]
    assert built.select(counted).null_count().sum_horizontal().item() == 0
    assert built["n_accidents_12m"].to_list() == [0] * len(built)
    assert built.select(silenced).null_count().sum_horizontal().item() == len(silenced) * len(built)


def test_every_declaration_is_complete():
    for one in declared_features():
        assert all(text.strip() for text in (one.zh, one.en, one.source)), one.name
        assert any("一" <= sign <= "鿿" for sign in one.zh), one.name
        assert one.direction in (-1, 0, 1), one.name
        low, high = one.bounds
        assert low is None or high is None or low < high, one.name


def test_labels_are_unique_in_both_languages():
    for language in ("zh", "en"):
        labels = [getattr(one, language) for one in declared_features()]
        assert len(set(labels)) == len(labels), language


def test_every_cause_and_circumstance_has_at_least_three_features():
    assert [group for group in GROUPS if len(feature_groups()[group]) < 3] == []


def forbidden(one: Feature) -> set[str]:
    """Name what a feature reads although it may not."""
    if one.over in PASSES:
        allowed = {*SPINE, "place_id", *READINGS, *(other.name for other in declared_features())}
    else:
        columns = [column for column in TABLES[one.over].columns if column.usage == "usable"]
        money = [f"{column.name}_{twin}" for column in columns for twin in ("needs", "of_year")]
        allowed = {*(column.name for column in columns), *money, *DERIVED}
    return one.reads - allowed


def test_no_feature_reads_labels_audit_columns_or_when_a_record_was_replaced():
    assert {one.name: forbidden(one) for one in declared_features() if forbidden(one)} == {}


@pytest.mark.parametrize(
    ("over", "column"),
    [
        ("households", "has_minimum_income"),
        ("members", "sex"),
        ("members", "ethnicity"),
        ("monitoring", "main_cause"),
        ("monitoring", "group"),
        ("lookbacks", "result"),
        ("income", "replaced_on"),
        ("households", "has_no_labour"),
        ("monitoring", "income_per_person"),
        ("members", "name"),
    ],
)
def test_the_reading_law_catches(over, column):
    planted = Feature("planted", over, "income", "泄漏", "leak", "", "law", (0, 1), 0, lambda: pl.col(column))
    assert forbidden(planted) == {column}


def test_audit_and_label_columns_move_no_feature():
    random, tables = Random(9), random_tables(9)
    blurred = {name: _blurred(random, TABLES[name], frame) for name, frame in tables.items()}
    assert_frame_equal(_build(blurred), _build(tables), check_exact=True)


def _blurred(random, table, frame):
    usable = [column.name for column in table.columns if column.usage == "usable"]
    return frame_of(table, [record(random, table, row) for row in frame.select(usable).to_dicts()])


def test_the_lines_of_the_law_change_so_that_needs_are_tested():
    assert LINES["line_per_month"].n_unique() > 1


PRINT_DIGEST = """
from hashlib import sha256
from features.engine import build_features
from tests.laws.registers import DATES, random_tables, shard_of

built = build_features(shard_of(random_tables(7, households=40)), DATES, 12)
print(sha256(repr(built.rows()).encode()).hexdigest())
"""


def test_threads_hash_seed_and_time_zone_are_irrelevant():
    digests = set()
    for threads, zone in (("1", "UTC"), ("2", "Asia/Shanghai"), ("5", "America/Buenos_Aires")):
        told = os.environ | {"POLARS_MAX_THREADS": threads, "PYTHONHASHSEED": threads, "TZ": zone}
        ran = subprocess.run(
            [sys.executable, "-c", PRINT_DIGEST],
            cwd=Path(__file__).parents[2],
            env=told,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(ran.stdout)
    assert len(digests) == 1
