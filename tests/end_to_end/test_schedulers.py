"""Whoever walks the counties, and whoever dies at it: features, scores and lists are the same bytes.

``HUITOU_KILLS=50 pytest tests/end_to_end/test_schedulers.py`` kills a worker at 50 points of the walks; the
tests do at a few.
"""

import os
import signal
import sys
from hashlib import sha256
from multiprocessing import active_children
from threading import Event, Thread
from time import monotonic

import pytest
from distributed import LocalCluster

from pipelines.commands.shard import make_shard
from pipelines.stages import explain, features, watchlist
from pipelines.workspace.parameters import load_params
from pipelines.workspace.shards import dismiss, walk
from pipelines.workspace.workspace import HERE

KILLS = int(os.environ.get("HUITOU_KILLS", "2"))
MADE = ("features", "explanations", "watchlist")


@pytest.fixture(scope="module")
def folder(workspace, tmp_path_factory):
    return workspace.copied(tmp_path_factory.mktemp("schedulers") / "huitou").folder


@pytest.fixture(scope="module", autouse=True)
def _here(folder):
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.setenv("XDG_CONFIG_HOME", str(folder))
        patched.setenv("HOME", str(folder.parent))
        patched.setattr(walk, "WORTH_STARTING", 0.0)
        yield
        dismiss()


def params_of(scheduler):
    params = load_params()
    return params.model_copy(update={"compute": params.compute.model_copy(update={"scheduler": scheduler})})


def made_by(scheduler, shares=0):
    """Make features, scores and lists, after so many jobs of an array if any, and hash every file."""
    for path in (path for name in MADE for path in (HERE.artifacts / name).rglob("*.parquet")):
        path.unlink()
    for stage in (features, explain, watchlist):
        for index in range(shares):
            if stage is not watchlist:
                make_shard(stage.__name__.rpartition(".")[2], index, shares, [])
        stage.main(HERE, params_of(scheduler))
    files = (path for name in MADE for path in sorted((HERE.artifacts / name).rglob("*")) if path.is_file())
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def alone(_here):
    """Give what one process makes, and how long workers are at it."""
    made = made_by("local")
    assert len(made) > 10
    began = monotonic()
    assert made_by("processes") == made
    return made, monotonic() - began


@pytest.mark.parametrize("point", range(KILLS))
def test_with_a_worker_killed_at_any_point_processes_make_the_same(alone, point):
    made, lasts = alone
    dismiss()
    done = Event()
    killer = Thread(target=_kill_one, args=(done, lasts * point / KILLS))
    killer.start()
    try:
        assert made_by("processes") == made
    finally:
        done.set()
        killer.join()


def _kill_one(done, after):
    """Kill a worker so many seconds on, or as soon as there is one."""
    done.wait(after)
    while not done.wait(0.01):
        for worker in active_children():
            os.kill(worker.pid, signal.SIGKILL)
            return


def test_what_jobs_of_an_array_make_beforehand_is_the_same(alone):
    made, _ = alone
    assert made_by("local", shares=2) == made


def test_a_cluster_makes_the_same(alone, monkeypatch):
    made, _ = alone
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # a worker is a program of its own
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        assert made_by(cluster.scheduler_address) == made
