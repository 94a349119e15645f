"""Every stage of the graph is measured, in order, and the command that runs them all."""

import pytest

from benchmarks.stages import COSTS, DISK, SUM, WHOLE, Sizes, measured, measured_whole, stages

#: Nothing is trained: the walk over the stages is the same.
QUICK = {"model.kind": "income", "compute.threads": 1, "evaluate.bootstrap": 20, "simulator.risk_seasons": []}


@pytest.fixture(scope="module")
def tables():
    """Give the tables of a prefecture of one small county."""
    return {one.caption: one.rows for one in measured(Sizes([300], changes=QUICK))[0]}


def test_every_stage_has_a_row_in_the_order_of_the_graph(tables):
    assert [row["stage"] for row in tables[COSTS]] == [*stages(), SUM]
    assert {row["households"] for row in tables[COSTS]} == {300}


def test_the_sum_is_of_the_stages_and_its_peak_that_of_the_largest(tables):
    *rows, total = tables[COSTS]
    assert total["CPU s"] == pytest.approx(sum(row["CPU s"] for row in rows), abs=0.1 * len(rows))
    assert total["peak GiB"] == max(row["peak GiB"] for row in rows) > 0
    assert all(row["faults, thousand"] > 0 for row in rows)


def test_what_the_run_leaves_on_disk_is_weighed_by_folder(tables):
    (row,) = tables[DISK]
    assert row["households"] == 300
    assert {"register", "features", "watchlist", "releases"} <= row.keys()
    assert row["features"] > 0
    assert row["releases"] > 0


def test_the_whole_command_is_measured_in_an_empty_folder_and_once_more():
    (table,), _ = measured_whole(Sizes([300], changes=QUICK))
    assert [row["stage"] for row in table.rows] == [*WHOLE]
    assert all(row["peak GiB"] > 0 for row in table.rows)
