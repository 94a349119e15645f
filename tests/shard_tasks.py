"""Tasks that workers do in tests: they import them by name, as they import those of stages."""

import os
import signal
import time
from pathlib import Path

import polars as pl

from register.atomic import write_text
from register.errors import SeasonError


def where(county, shared):
    """Say what came of a county, and in which process."""
    return county, shared, os.getpid()


def tripled(part, factor):
    """Give a large frame back, and take one."""
    return part.rows.with_columns(pl.col("n") * factor)


def threads_of(county, names):
    return {name: os.environ.get(name) for name in names}, pl.thread_pool_size()


def refused(county, shared):
    raise SeasonError(f"{county}: has no season; wait for one")


def unforeseen(county, shared):
    return shared[county]


def dies_at(county, shared):
    """Write a county's file; at those named die before it, so many times as is noted beside."""
    folder, deadly, times = Path(shared[0]), shared[1], shared[2]
    deaths = folder / f"{county}.deaths"
    died = len(deaths.read_text()) if deaths.is_file() else 0
    if county in deadly and died < times:
        deaths.write_text("x" * (died + 1))
        os.kill(os.getpid(), signal.SIGKILL)
    write_text(folder / f"{county}.txt", county)
    return county


def greedy(county, size):
    return len(bytearray(size))


def asleep(county, folder):
    """Note who is at work, and stay at it."""
    write_text(Path(folder) / f"{county}.pid", str(os.getpid()))
    time.sleep(600)
