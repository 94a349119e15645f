"""How the line changed, and what a window would have shown had it changed otherwise."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import prod

import polars as pl

from register.shard import Shard


def changes(shard: Shard, until: date) -> list[tuple[date, float]]:
    """List the days the line changed, up to a day, each with the new line over the old one."""
    days = shard.lines["effective_from"].unique().sort().to_list()
    lines = [line for day in days if day <= until and (line := shard.line_on(day))]
    return [
        (new.effective_from, new.per_month / old.per_month)
        for old, new in pairwise(lines)
        if new.per_month != old.per_month
    ]


def last_change(shard: Shard, day: date) -> float | None:
    """Give the new line over the old one at its last change until `day`; None where it never changed."""
    known = changes(shard, day)
    return known[-1][1] if known else None


def change_within(shard: Shard, day: date, end: date) -> float:
    """Give the new line over the old one in (day, end], a mean one where it changed more than once.

    1 where it stood still.
    """
    inside = [ratio for changed_on, ratio in changes(shard, end) if changed_on > day]
    return float(prod(inside) ** (1 / len(inside))) if inside else 1.0


def as_if_changed(shard: Shard, day: date, ends: Sequence[date], change: float) -> pl.DataFrame:
    """Say by what readings after `day` are multiplied to see them as if the line had changed otherwise.

    Parameters
    ----------
    shard : Shard
        The county.
    day : date
        As-of date: the line in force then stays what it was.
    ends : sequence of date
        Days of the readings.
    change : float
        New line over old at every change of the line between `day` and a reading.

    Returns
    -------
    DataFrame
        ``seen_on, factor``, one row an end; 1 where the line did not change since `day`.
    """
    known = changes(shard, max(ends, default=day))
    factors = [prod(ratio / change for changed_on, ratio in known if day < changed_on <= end) for end in ends]
    return pl.DataFrame(
        {"seen_on": list(ends), "factor": factors}, schema={"seen_on": pl.Date(), "factor": pl.Float64()}
    )
