"""Whoever walks the counties, and whoever dies at it: features, scores and lists are the same bytes.

``make kills`` kills a worker at 50 points of the walks, of processes and of a cluster each; the tests do at
a few.
"""

import os
import signal
import sys
from hashlib import sha256
from multiprocessing import active_children
from threading import Event, Thread
from time import monotonic

import pytest
from distributed import Client, LocalCluster

from pipelines.commands.shard import make_shard
from pipelines.stages import explain, features, watchlist
from pipelines.workspace.parameters import load_params
from pipelines.workspace.shards import dismiss, walk
from pipelines.workspace.workspace import HERE, progress

#: Points at which a worker of each kind is killed.
KILLS = int(os.environ.get("HUITOU_KILLS", "2"))
#: Times a point is tried at which the walks were over already.
TRIES = 5
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


class Watch:
    """Notes when each county is done, and kills a worker at one point between two of them.

    Parameters
    ----------
    workers : callable
        Gives the processes of the workers that are alive.
    after, wait : int, float
        Counties that are done before, and seconds since; by default nobody is killed.
    """

    def __init__(self, workers=list, after=None, wait=0.0):
        self.workers, self.after, self.wait = workers, after, wait
        self.times, self.killed_at = [], None
        self.over, self.killer = Event(), Thread(target=self._kill)

    def __call__(self, steps, title, unit, total):
        """Stand in for `progress`, through which the results of every walk come."""
        self._look()
        for one in progress(steps, title, unit, total):
            self._look(done=1)
            yield one

    def _look(self, done=0):
        self.times += [monotonic()] * (done or not self.times)  # the first is when the first walk began
        if len(self.times) - 1 == self.after and not self.killer.ident:
            self.killer.start()

    def _kill(self):
        """Kill when it is time, or as soon as there is somebody to kill."""
        self.over.wait(self.wait)
        while not (alive := self.workers()) and not self.over.wait(0.01):
            pass
        self.killed_at = len(self.times) - 1
        os.kill(alive[0], signal.SIGKILL)

    def end(self):
        self.over.set()
        if self.killer.ident:
            self.killer.join()


@pytest.fixture(scope="module")
def alone(_here):
    """Give what one process makes."""
    made = made_by("local")
    assert len(made) > 10
    return made


@pytest.fixture(scope="module")
def cluster(_here):
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # a worker is a program of its own
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as started:
            yield started


def watched(scheduler, watch):
    """Make everything while a watch looks on."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(walk, "progress", watch)
        try:
            return made_by(scheduler)
        finally:
            watch.end()


def with_one_killed(point, undisturbed, scheduler, workers):
    """Give what is made when a worker dies at a point, so many of `KILLS` parts through the walks.

    A machine that is quicker now may be through before: then the point is tried again, nearer by.
    """
    counties = len(undisturbed.times) - 1
    after, rest = divmod(point * counties, KILLS)
    wait = rest / KILLS * (undisturbed.times[after + 1] - undisturbed.times[after])
    for nearer in range(TRIES):
        dismiss()
        watch = Watch(workers, max(0, after - nearer // 2), wait / 2**nearer)
        made = watched(scheduler, watch)
        sys.stdout.write(f"{scheduler}: killed when {watch.killed_at} of {counties} counties were done\n")
        if watch.killed_at < counties:
            return made
    raise AssertionError(f"nobody could be killed at point {point}: every walk was over")


@pytest.fixture(scope="module")
def of_processes(alone):
    watch = Watch()
    assert watched("processes", watch) == alone
    return watch


@pytest.fixture(scope="module")
def of_cluster(alone, cluster):
    watch = Watch()
    assert watched(cluster.scheduler_address, watch) == alone
    return watch


@pytest.mark.parametrize("point", range(KILLS))
def test_with_a_worker_killed_at_any_point_processes_make_the_same(alone, of_processes, point):
    assert with_one_killed(point, of_processes, "processes", _own_workers) == alone


@pytest.mark.parametrize("point", range(KILLS))
def test_with_a_worker_killed_at_any_point_a_cluster_makes_the_same(alone, of_cluster, cluster, point):
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        client.wait_for_workers(2)  # whoever was killed before is back
    address = cluster.scheduler_address
    assert with_one_killed(point, of_cluster, address, lambda: _workers_of(cluster)) == alone


def _own_workers():
    return [worker.pid for worker in active_children()]


def _workers_of(cluster):
    return [nanny.pid for nanny in cluster.workers.values() if nanny.pid]


def test_what_jobs_of_an_array_make_beforehand_is_the_same(alone):
    assert made_by("local", shares=2) == alone
