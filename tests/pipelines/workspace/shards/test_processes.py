"""Workers die, and what is made does not show it; they end with whoever started them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.workspace.shards import dismiss, map_shards, processes, walk
from pipelines.workspace.shards.processes import THREADS, are_at_hand
from register.errors import StoreError
from tests.parameters import parameters
from tests.shard_tasks import dies_at, greedy, threads_of, where

ROOT = Path(__file__).parents[4]
COUNTIES = [f"c{n}" for n in range(6)]
ALONE = """
import sys
from pipelines.workspace.shards import map_shards, walk
from tests.parameters import parameters
from tests.shard_tasks import asleep
walk.WORTH_STARTING = 0.0
map_shards(asleep, ["c1", "c2"], "test", parameters({"compute.processes": 2}).compute, sys.argv[1])
"""


@pytest.fixture(autouse=True)
def office(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(walk, "WORTH_STARTING", 0.0)
    yield tmp_path
    dismiss()


def compute(**changes):
    return parameters({"compute.processes": 2, **{f"compute.{one}": n for one, n in changes.items()}}).compute


@pytest.mark.parametrize("deadly", [["c0"], ["c3"], ["c5"], ["c1", "c4"]])
def test_a_county_at_which_a_worker_died_is_walked_again(office, deadly):
    assert map_shards(dies_at, COUNTIES, "test", compute(), (str(office), deadly, 1)) == COUNTIES
    assert sorted(one.read_text() for one in office.glob("*.txt")) == COUNTIES
    assert len(list(office.glob("*.deaths"))) == len(deadly)


def test_a_county_that_kills_whoever_walks_it_is_named(office):
    with pytest.raises(StoreError) as caught:
        map_shards(dies_at, ["c0", "c1"], "features", compute(), (str(office), ["c0"], 9))
    assert str(caught.value) in {
        f"features: a worker died at county {county}, and again when it was tried once more; see whether "
        "memory ran out (compute.processes, compute.worker_memory), then run again"
        for county in ("c0", "c1")  # whoever is at work beside it dies with it
    }
    assert not are_at_hand()


def closing(number):
    """Fail once as the pool does where a worker dies while another is started: its pipes are closed."""
    begun, submit = [], processes._Crew.submit

    def closed_once(crew, *sent):
        begun.append(crew)
        if len(begun) == 1:
            raise OSError(*number, "handle is closed")
        return submit(crew, *sent)

    return closed_once


def test_where_a_worker_died_while_another_was_started_both_are_replaced(office, monkeypatch):
    monkeypatch.setattr(processes._Crew, "submit", closing(()))
    assert map_shards(dies_at, COUNTIES, "test", compute(), (str(office), [], 1)) == COUNTIES


def test_a_worker_that_the_system_does_not_start_is_said(office, monkeypatch):
    monkeypatch.setattr(processes._Crew, "submit", closing((11,)))
    with pytest.raises(BlockingIOError):
        map_shards(dies_at, COUNTIES, "test", compute(), (str(office), [], 1))


def test_a_worker_that_died_with_nothing_to_do_is_replaced():
    first = [pid for *_, pid in map_shards(where, COUNTIES, "test", compute(), None)]
    os.kill(first[0], signal.SIGKILL)
    assert [county for county, *_ in map_shards(where, COUNTIES, "test", compute(), None)] == COUNTIES


def test_a_worker_has_its_share_of_the_cores():
    share = str(max(1, os.cpu_count() // 2))
    before = {name: os.environ.get(name) for name in THREADS}
    for names, pool in map_shards(threads_of, COUNTIES, "test", compute(), THREADS):
        assert names == dict.fromkeys(THREADS, share)
        assert pool == int(share)
    assert {name: os.environ.get(name) for name in THREADS} == before


def test_a_worker_takes_no_more_than_its_memory():
    size = 2**30
    assert map_shards(greedy, ["c1", "c2"], "test", compute(), size) == [size, size]
    with pytest.raises(StoreError, match=r"^memory: used up; close other programs"):
        map_shards(greedy, ["c1", "c2"], "test", compute(worker_memory=1), size)


def test_workers_end_with_whoever_started_them(office):
    process = subprocess.Popen([sys.executable, "-c", ALONE, str(office)], cwd=ROOT)
    while len(list(office.glob("*.pid"))) < 2:
        assert process.poll() is None
        time.sleep(0.05)
    process.kill()
    process.wait()
    for worker in (int(one.read_text()) for one in office.glob("*.pid")):
        while _lives(worker):
            time.sleep(0.05)


def _lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
