"""What work costs: processor seconds of all threads, wall, memory, page faults."""

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from benchmarks.memory import MemoryWatch

Made = TypeVar("Made")

KIB_PER_GIB = 2**20


class Cost(NamedTuple):
    """What one piece of work took.

    Attributes
    ----------
    processor, system, wall : float
        Seconds; `system` is the part of `processor` spent in the kernel.
    peak : float
        GiB of the largest process, or of all together where that was more (`benchmarks.memory`).
    faults : int
        Pages that had to be mapped, disk not counted.
    """

    processor: float
    system: float
    wall: float
    peak: float
    faults: int


def cost_of(work: Callable[[], Made]) -> tuple[Cost, Made]:
    """Do work in this process; the peak is the process's own so far.

    Examples
    --------
    >>> cost, total = cost_of(lambda: sum(range(10)))
    >>> total, cost.processor >= 0
    (45, True)
    """
    before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    made = work()
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF)
    system, faults = after.ru_stime - before.ru_stime, after.ru_minflt - before.ru_minflt
    processor = after.ru_utime - before.ru_utime + system
    return Cost(processor, system, wall, after.ru_maxrss / KIB_PER_GIB, faults), made


def quickest(work: Callable[[], object], times: int = 3) -> float:
    """Give the processor seconds of the quickest of several calls: the one least disturbed."""
    return min(cost_of(work)[0].processor for _ in range(times))


def cost_of_command(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command to its end, with all processes that it waits for.

    Raises
    ------
    CalledProcessError
        When it fails; ``stderr`` ends with why.
    """
    with tempfile.TemporaryFile("w+") as words:
        started = time.perf_counter()
        run = subprocess.Popen(command, cwd=folder, env=dict(environment), stdout=words, stderr=words)
        with MemoryWatch(run.pid) as watch:
            _, status, used = os.wait4(run.pid, 0)
        wall, run.returncode = time.perf_counter() - started, os.waitstatus_to_exitcode(status)
        words.seek(0)
        if run.returncode:
            raise subprocess.CalledProcessError(run.returncode, list(command), stderr=words.read()[-2000:])
    return Cost(used.ru_utime + used.ru_stime, used.ru_stime, wall, watch.most, used.ru_minflt)
