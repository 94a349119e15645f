"""A real scheduler and two workers on this machine do what one process does, also when a worker dies."""

import os
import sys

import polars as pl
import pytest
from distributed import LocalCluster

from pipelines.workspace.shards import Part, map_shards
from pipelines.workspace.shards import cluster as of_shards
from register.errors import ParamsError, SeasonError, StoreError
from tests.parameters import parameters
from tests.shard_tasks import dies_at, refused, tripled, where

COUNTIES = ["c3", "c1", "c2", "c4"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where this process and the workers stand."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def scheduler(folder):
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # a worker is a program of its own
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as started:
            yield started.scheduler_address


@pytest.fixture
def compute(scheduler, folder, monkeypatch):
    monkeypatch.chdir(folder)
    return parameters({"compute.scheduler": scheduler}).compute


def test_results_come_in_the_order_of_the_counties(compute):
    made = map_shards(where, COUNTIES, "test", compute, "shared")
    assert [(one, shared) for one, shared, _ in made] == [(one, "shared") for one in COUNTIES]
    assert os.getpid() not in {pid for *_, pid in made}


def test_frames_of_any_size_come_and_go(compute, folder):
    shards = [Part(str(n), pl.DataFrame({"n": range(n)})) for n in (0, 1, 100_000, 5)]
    made = map_shards(tripled, shards, "test", compute, 3)
    assert all(one.equals(part.rows * 3) for one, part in zip(made, shards, strict=True))
    assert list((folder / "artifacts").iterdir()) == []


def test_what_a_task_refuses_is_refused(compute):
    with pytest.raises(SeasonError, match=r"^c3: has no season; wait for one$"):
        map_shards(refused, ["c3"], "test", compute, None)


def test_workers_that_stand_elsewhere_are_refused(compute, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        StoreError, match=rf"^{compute.scheduler}: worker tcp://\S+ stands in \S+/office\d* with "
    ):
        map_shards(where, COUNTIES, "test", compute, None)


@pytest.mark.parametrize("deadly", [["c1"], ["c2", "c4"]])
def test_a_county_at_which_a_worker_died_is_walked_again(compute, tmp_path, deadly):
    assert map_shards(dies_at, COUNTIES, "test", compute, (str(tmp_path), deadly, 1)) == COUNTIES
    assert len(list(tmp_path.glob("*.txt"))) == len(COUNTIES)
    assert len(list(tmp_path.glob("*.deaths"))) == len(deadly)


def test_a_county_that_kills_whoever_walks_it_is_named(compute, tmp_path):
    with pytest.raises(StoreError) as caught:
        map_shards(dies_at, ["c1"], "features", compute, (str(tmp_path), ["c1"], 99))
    assert str(caught.value) == (
        f"features: workers of {compute.scheduler} died at county c1; see whether memory ran out there "
        "(dask worker --memory-limit), then run again"
    )


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch):
    monkeypatch.setattr(of_shards, "PATIENCE", 0.2)
    with pytest.raises(StoreError) as caught:
        map_shards(
            where, ["c1"], "test", parameters({"compute.scheduler": "tcp://127.0.0.1:9"}).compute, None
        )
    assert str(caught.value) == (
        "tcp://127.0.0.1:9: no Dask scheduler answers; start one (docs/scale.md), or set "
        "compute.scheduler=processes"
    )


def test_a_scheduler_without_workers_is_named(folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.setattr(of_shards, "PATIENCE", 1)
    with LocalCluster(n_workers=0, dashboard_address=":0") as started:
        address = started.scheduler_address
        with pytest.raises(StoreError) as caught:
            map_shards(where, ["c1"], "test", parameters({"compute.scheduler": address}).compute, None)
    assert str(caught.value) == f"{address}: has no worker; start some in {folder} (docs/scale.md)"


def test_without_dask_it_is_said_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ParamsError) as caught:
        map_shards(where, ["c1"], "test", parameters({"compute.scheduler": "tcp://a:1"}).compute, None)
    assert str(caught.value) == (
        "compute.scheduler: found tcp://a:1, which needs Dask; install it (pip install distributed, or the "
        "extra huitou[dask]) or set compute.scheduler=processes"
    )
