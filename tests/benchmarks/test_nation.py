"""The plan for a nation is arithmetic on what the stages were measured to cost."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.nation import INVENTED, measured, stated
from benchmarks.record import Record, Table
from benchmarks.stages import COSTS, DISK, stages

SMALL = replace(stated(), households=100_000, counties=20, workers=[2, 8], draws=3)


def record(*sizes):
    """Invent what the stages took: 2 s and 1 ms a household, 1 GiB and 1 more a hundred thousand."""
    rows = [
        {"households": size, "stage": name, "CPU s": 2 + size / 1000, "peak GiB": 1 + size / 100_000}
        for size in sizes
        for name in stages()
    ]
    disk = [{"households": size, "register": size / 100, "simulated": 9.0} for size in sizes]
    return Record("2026-11-30", "0123456789ab", "", {}, (0.0, 0.0), [Table(COSTS, rows), Table(DISK, disk)])


def test_two_sizes_tell_what_is_fixed_and_when_memory_ends():
    (plan, _, _), notes = measured(record(40_000, 200_000), SMALL)
    *rows, total = plan.rows
    assert [row["stage"] for row in rows] == [one for one in stages() if one not in INVENTED]
    assert total["CPU ms a household"] == pytest.approx(len(rows))
    for row in rows:
        assert (row["CPU ms a household"], row["fixed, CPU s"]) == (1.0, pytest.approx(2.0))
        assert row["128 GiB reached at, households"] == pytest.approx(12_700_000)
    assert "memory of `ingest`, at 12,700,000 households" in " ".join(notes)


def test_one_size_does_not_tell_what_breaks_first():
    (plan, _, _), notes = measured(record(40_000), SMALL)
    assert {row["128 GiB reached at, households"] for row in plan.rows[:-1]} == {"one size measured"}
    assert "What breaks first is not known from one size; measure two (`--households`)." in notes


def test_more_workers_end_sooner_and_no_run_beats_the_least():
    (_, schedules, _), _ = measured(record(40_000, 200_000), SMALL)
    few, many = schedules.rows
    assert few["no straggler, none dies, h"] >= many["no straggler, none dies, h"]
    for row in schedules.rows:
        assert row["no straggler, none dies, h"] >= row["least possible h"]
        assert row["worst run h"] >= row["middle run h"]


def test_the_same_inputs_give_the_same_plan():
    assert measured(record(40_000, 200_000), SMALL) == measured(record(40_000, 200_000), SMALL)


def test_what_was_made_up_takes_no_disk_of_a_nation():
    (_, _, disk), _ = measured(record(40_000), SMALL)
    assert disk.rows == [{"register, TB": 0.001, "sum, TB": 0.0}]


@given(st.integers(1, 60), st.floats(0.1, 2), st.integers(500, 50_000), st.integers(0, 99))
def test_shards_are_no_larger_than_allowed_and_add_up_to_the_nation(counties, spread, largest, seed):
    nation = replace(SMALL, counties=counties, county_log_sd=spread, largest_county=largest)
    sizes = nation.sizes(np.random.default_rng(seed))
    assert sizes.max() <= largest * (1 + 1e-9)
    assert sizes.sum() == pytest.approx(nation.households)


def test_every_assumption_states_its_basis():
    from benchmarks.nation import STATED

    lines = STATED.read_text(encoding="utf-8").splitlines()
    bare = [one for one in lines if one and not one.startswith(("#", "stated:")) and "#" not in one]
    assert bare == ["seed: 1"]
