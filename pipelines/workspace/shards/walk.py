"""Do a task for every shard: here one after the other, by processes of this machine, or on a cluster."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from pipelines.workspace.parameters.sections import LOCAL, PROCESSES, ComputeParameters
from pipelines.workspace.shards import processes
from pipelines.workspace.shards.parcels import Task, Walk
from pipelines.workspace.workspace import progress

Shard = TypeVar("Shard")
Shared = TypeVar("Shared")
Result = TypeVar("Result")
Walk = Walk

#: Seconds of work left from which workers are started: two of them take about 3 s to import what a stage
#: needs, and save half of what is left (2 cores at 2.8 GHz; project).
WORTH_STARTING = 6.0


def map_shards(
    task: Callable[[Shard, Shared], Result],
    shards: Sequence[Shard],
    title: str,
    compute: ComputeParameters,
    shared: Shared,
) -> list[Result]:
    """Do a task for every shard, and show how far it is.

    Parameters
    ----------
    task : callable
        A function that can be imported by its name: other processes do. It writes what is large itself,
        atomically, and gives back facts or small frames. It may be done twice for a shard.
    shards : sequence
        County ids, or what begins with one: `pipelines.workspace.shards.parts`.
    title : str
        What the work is called.
    compute : ComputeParameters
        By whom it is done; results do not depend on it.
    shared : object
        What all shards have in common. It is not changed.

    Returns
    -------
    list
        What the task gave for each shard, in their order.

    Raises
    ------
    HuitouError
        The first failure of a task, or why nobody can do it.

    Examples
    --------
    >>> from tests.parameters import parameters
    >>> map_shards(pow, [1, 2, 3], "squares", parameters({"compute.scheduler": "local"}).compute, 2)
    [1, 4, 9]
    """
    walk = _walk(task, shards, title, compute, shared)
    results = dict(progress(walk, title, "county", len(shards)))
    return [results[at] for at in range(len(shards))]


def _walk(
    task: Task, shards: Sequence[object], title: str, compute: ComputeParameters, shared: object
) -> Walk:
    if compute.scheduler == LOCAL or not shards:
        return _here(task, shards, shared)
    if compute.scheduler == PROCESSES:
        return _by_processes_where_worth_it(task, shards, title, compute, shared)
    from pipelines.workspace.shards.cluster import by_cluster  # here: few have one

    return by_cluster(task, shards, title, compute, shared)


def _here(task: Task, shards: Sequence[object], shared: object) -> Walk:
    for at, shard in enumerate(shards):
        yield at, task(shard, shared)


def _by_processes_where_worth_it(
    task: Task,
    shards: Sequence[object],
    title: str,
    compute: ComputeParameters,
    shared: object,
) -> Walk:
    """Begin here, until it shows that the rest is worth starting workers for; go on with those at hand."""
    began, done = time.monotonic(), 0
    while done < len(shards) and not _is_worth_it(time.monotonic() - began, done, len(shards), compute):
        yield done, task(shards[done], shared)
        done += 1
    if done < len(shards):
        for at, result in processes.by_processes(task, shards[done:], title, compute, shared):
            yield done + at, result


def _is_worth_it(spent: float, done: int, n: int, compute: ComputeParameters) -> bool:
    if min(compute.processes, n - done) == 1:
        return False
    return processes.are_at_hand() or spent / max(done, 1) * (n - done) >= WORTH_STARTING
