"""Shards by processes of this machine: kept from walk to walk, replaced where one dies, ended with us."""

import os
import resource
import signal
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread

from pipelines.workspace.parameters.sections import ComputeParameters
from pipelines.workspace.shards.parcels import Parcel, Task, Walk, on_the_way, packed, work
from pipelines.workspace.shards.parts import name_of
from register.errors import StoreError

_Sent = Future[Parcel]
GIB = 2**30
#: What libraries ask for how many threads they may start; a worker gets its share of the cores.
THREADS = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "NUMBA_NUM_THREADS")
#: Times a shard is walked again when a worker died at it: by chance once, by its own doing for ever.
RETRIES = 1


@dataclass(eq=False)
class _Crew:
    """Workers on a tether: they end when its other end is closed, by us or by our death."""

    processes: int
    memory: float
    tether: tuple[Connection, Connection] = field(default_factory=lambda: get_context("spawn").Pipe(False))

    def __post_init__(self) -> None:
        # Polars must not be forked: a child begins afresh.
        bound = (self.tether[0], int(self.memory * GIB))
        self.pool = ProcessPoolExecutor(self.processes, get_context("spawn"), _begin, bound)

    def submit(self, do: Task, shard: Parcel) -> _Sent:
        """Send a shard to whoever is free; a worker is started where there are too few."""
        with _few_threads(self.processes):
            return self.pool.submit(do, shard)

    def end(self, *, at_once: bool) -> None:
        """End when what is at work is done, or at once."""
        if at_once:
            self.tether[1].close()
        self.pool.shutdown(cancel_futures=True)
        for end in self.tether:
            end.close()


#: The workers at hand; one crew at a time.
_at_hand: list[_Crew] = []


def are_at_hand() -> bool:
    """Tell whether workers were started already."""
    return bool(_at_hand)


def dismiss(*, at_once: bool = False) -> None:
    """End the workers: for what they hold in memory, or because nobody waits for them any more."""
    while _at_hand:
        _at_hand.pop().end(at_once=at_once)


def by_processes(
    task: Task,
    shards: Sequence[object],
    title: str,
    compute: ComputeParameters,
    shared: object,
) -> Walk:
    """Walk shards by workers, as many at a time as there are; what is done is not walked again.

    Yields
    ------
    tuple of (int, result)
        Place of the shard in `shards`, and what its task gave; as they get done.

    Raises
    ------
    StoreError
        When a worker died at a shard, and again when it was tried once more.
    """
    waiting, deaths, at_work = deque(range(len(shards))), Counter[int](), dict[_Sent, tuple[int, _Crew]]()
    with on_the_way() as folder, _dismissed_on_failure():
        do = partial(work, task, shared=packed(shared, folder), folder=folder)
        while waiting or at_work:
            while waiting and len(at_work) < compute.processes:
                at = waiting.popleft()
                sent, crew = _sent(compute, do, packed(shards[at], folder))
                at_work[sent] = at, crew
            for one in wait(at_work, return_when=FIRST_COMPLETED).done:
                at, crew = at_work.pop(one)
                if not isinstance(one.exception(), BrokenProcessPool):
                    yield at, one.result().open()
                    continue
                _forget(crew)
                deaths[at] += 1
                _refuse_deadly(name_of(shards[at]), title, deaths[at])
                waiting.appendleft(at)


@contextmanager
def _dismissed_on_failure() -> Iterator[None]:
    """End the workers where nobody waits for them any more, before what is on the way goes."""
    try:
        yield
    except BaseException:
        dismiss(at_once=True)
        raise


def _sent(compute: ComputeParameters, do: Task, shard: Parcel) -> tuple[_Sent, _Crew]:
    """Send a shard to the workers at hand; those wanted for otherwise, or dead, are replaced."""
    wanted = (compute.processes, compute.worker_memory)
    if [(one.processes, one.memory) for one in _at_hand] != [wanted]:
        dismiss()
        _at_hand.append(_Crew(*wanted))
    (crew,) = _at_hand
    try:
        return crew.submit(do, shard), crew
    except BrokenProcessPool:  # a worker died while it had nothing to do
        pass
    except OSError as refused:
        if refused.errno is not None:  # of the system; a pipe that was closed already has no number
            raise
    # ... or while another was being started, whose pipes were closed under it
    _forget(crew)
    return _sent(compute, do, shard)


def _forget(crew: _Crew) -> None:
    if crew in _at_hand:
        dismiss(at_once=True)


def _refuse_deadly(shard: str, title: str, deaths: int) -> None:
    if deaths > RETRIES:
        raise StoreError(
            f"{title}: a worker died at county {shard}, and again when it was tried once more; see whether "
            "memory ran out (compute.processes, compute.worker_memory), then run again"
        )


@contextmanager
def _few_threads(processes: int) -> Iterator[None]:
    """Let a worker that is started in the block have its share of the cores."""
    share = str(max(1, (os.cpu_count() or 1) // processes))
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, share))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _begin(tether: Connection, memory: int) -> None:
    """Begin as a worker: it ends when it is told by its tether alone, and takes no more than its memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; who started us ends us
    Thread(target=_end_with, args=(tether,), daemon=True).start()
    if memory:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _end_with(tether: Connection) -> None:
    tether.poll(None)
    os.kill(os.getpid(), signal.SIGKILL)
