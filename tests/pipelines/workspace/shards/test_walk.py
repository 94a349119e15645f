"""Every task is done once for every shard, its results come in their order, whoever does it."""

import os

import polars as pl
import pytest

from pipelines.workspace.shards import Part, dismiss, map_shards, walk
from register.errors import HuitouError, SeasonError
from tests.parameters import parameters
from tests.shard_tasks import refused, tripled, unforeseen, where

COUNTIES = ["c3", "c1", "c2", "c4"]


@pytest.fixture(autouse=True)
def office(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(walk, "WORTH_STARTING", 0.0)
    return tmp_path


@pytest.fixture(scope="module", autouse=True)
def _ended():
    yield
    dismiss()


def compute(scheduler="processes", processes=2):
    return parameters({"compute.scheduler": scheduler, "compute.processes": processes}).compute


def walked(shards, asked):
    return map_shards(where, shards, "test", asked, "shared")


@pytest.mark.parametrize("scheduler", ["local", "processes"])
def test_results_come_in_the_order_of_the_counties(scheduler):
    assert [(one, shared) for one, shared, _ in walked(COUNTIES, compute(scheduler))] == [
        (one, "shared") for one in COUNTIES
    ]


def test_processes_do_what_this_one_would_do():
    assert {pid for *_, pid in walked(COUNTIES, compute("local"))} == {os.getpid()}
    workers = {pid for *_, pid in walked(COUNTIES, compute())}
    assert os.getpid() not in workers
    assert len(workers) <= 2


def test_workers_are_kept_from_one_walk_to_the_next(monkeypatch):
    assert {pid for *_, pid in walked(COUNTIES, compute())} != {os.getpid()}
    monkeypatch.setattr(walk, "WORTH_STARTING", 1e9)
    assert os.getpid() not in {pid for *_, pid in walked(COUNTIES, compute())}
    dismiss()
    assert {pid for *_, pid in walked(COUNTIES, compute())} == {os.getpid()}


@pytest.mark.parametrize(("counties", "processes"), [(["c1"], 2), (COUNTIES, 1), ([], 2)])
def test_nobody_is_started_for_one_county_or_by_one_process(counties, processes):
    assert {pid for *_, pid in walked(counties, compute(processes=processes))} <= {os.getpid()}


def test_nobody_is_started_for_little_work(monkeypatch):
    dismiss()
    monkeypatch.setattr(walk, "WORTH_STARTING", 1e9)
    assert {pid for *_, pid in walked(COUNTIES, compute())} == {os.getpid()}


@pytest.mark.parametrize("scheduler", ["local", "processes"])
def test_frames_of_any_size_come_and_go(scheduler):
    shards = [Part(str(n), pl.DataFrame({"n": range(n)})) for n in (0, 1, 100_000, 5)]
    made = map_shards(tripled, shards, "test", compute(scheduler), 3)
    assert all(one.equals(part.rows * 3) for one, part in zip(made, shards, strict=True))


def test_nothing_is_left_of_what_was_on_the_way(office):
    shards = [Part(str(n), pl.DataFrame({"n": range(100_000)})) for n in range(3)]
    map_shards(tripled, shards, "test", compute(), 3)
    assert list((office / "artifacts").iterdir()) == []


@pytest.mark.parametrize("scheduler", ["local", "processes"])
def test_what_a_task_refuses_is_refused(scheduler):
    with pytest.raises(SeasonError, match=r"^c3: has no season; wait for one$"):
        map_shards(refused, ["c3"] * 3, "test", compute(scheduler), None)


def test_what_nobody_foresaw_is_told_with_its_place_in_the_task():
    with pytest.raises(HuitouError) as caught:
        map_shards(unforeseen, COUNTIES, "test", compute(), {})
    assert str(caught.value).startswith("shard_tasks.py line ")
    assert "unexpected KeyError" in str(caught.value)


def test_after_a_failure_the_next_walk_has_workers():
    with pytest.raises(SeasonError):
        map_shards(refused, COUNTIES, "test", compute(), None)
    assert os.getpid() not in {pid for *_, pid in walked(COUNTIES, compute())}
