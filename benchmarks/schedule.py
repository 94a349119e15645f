"""Shards dealt to workers, some of which die: a simulation of events, exact for what was drawn."""

import heapq
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.growth import Growth
from models.arrays import Floats

#: Times a shard is begun at most: once more after a worker died over it.
TRIES = 2


class Schedule(NamedTuple):
    """How a walk over shards ended.

    Attributes
    ----------
    end : float
        When the last shard was finished.
    begun_again : int
        Shards whose worker died over them and that another worker began anew.
    given_up : int
        Shards nobody finished: two workers died over them, or none was left.
    """

    end: float
    begun_again: int
    given_up: int


def schedule(durations: Sequence[float], deaths: Sequence[float]) -> Schedule:
    """Let every free worker take the next shard of the list; one lost comes back when its worker dies.

    Parameters
    ----------
    durations : sequence of float
        How long each shard takes, in the order in which they are dealt.
    deaths : sequence of float
        When each worker dies, from the beginning; infinity if it does not.

    Examples
    --------
    >>> schedule([3.0, 2.0, 2.0], [float("inf")] * 2)
    Schedule(end=4.0, begun_again=0, given_up=0)
    >>> schedule([3.0, 2.0, 2.0], [1.0, float("inf")])
    Schedule(end=7.0, begun_again=1, given_up=0)
    """
    waiting = [(0.0, number, 1) for number in range(len(durations))]  # since when, which, which try
    free = [(0.0, worker) for worker in range(len(deaths))]
    end, again, given_up = 0.0, 0, 0
    while waiting and free:
        now, worker = heapq.heappop(free)
        since, number, tried = heapq.heappop(waiting)
        begun = max(now, since)
        over = begun + durations[number]
        if deaths[worker] >= over:
            end = max(end, over)
            heapq.heappush(free, (over, worker))
        elif deaths[worker] <= begun:  # it died before it could take the shard
            heapq.heappush(waiting, (since, number, tried))
        elif tried < TRIES:
            again += 1
            heapq.heappush(waiting, (deaths[worker], number, tried + 1))
        else:
            given_up += 1
    return Schedule(end, again, given_up + len(waiting))


def walks(
    costs: Iterable[Growth],
    sizes: Floats,
    workers: int,
    straggler_log_sd: float,
    death_seconds: float,
    generator: np.random.Generator,
) -> list[Schedule]:
    """Walk the shards once a stage, largest first; a stage begins when the one before has ended.

    What is fixed is done once, before the walk. Workers that died are back for the next stage.
    """
    ordered = np.sort(sizes)[::-1]
    made = []
    for cost in costs:
        slower = generator.lognormal(-(straggler_log_sd**2) / 2, straggler_log_sd, len(sizes))  # mean one
        deaths = generator.exponential(1, workers) * death_seconds
        walk = schedule((cost.each * ordered * slower).tolist(), deaths.tolist())
        made.append(walk._replace(end=walk.end + cost.fixed))
    return made


def together(stages: Sequence[Schedule]) -> Schedule:
    """Add up stages that follow one another."""
    return Schedule(*map(sum, zip(*stages, strict=True)))


def least(costs: Iterable[Growth], households: float, workers: int) -> float:
    """Give the seconds no schedule falls short of: every worker busy all the time, none dies."""
    return sum(one.fixed + one.each * households / workers for one in costs)
