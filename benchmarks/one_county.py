"""What features cost a household in a larger and larger county: the same county again under other ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from benchmarks.cost import cost_of
from benchmarks.features import Seasons, built
from benchmarks.record import Cell, Table
from register.shard import Shard
from register.store import Register

IDS = ("household_id", "origin_household_id", "member_id", "village_id", "township_id")


@dataclass(frozen=True)
class Copies:
    """How often the county stands in the shard, one size after the other, and at how many dates."""

    copies: Sequence[int] = (1, 4, 20)
    dates: int = 9


def measured(register: Path, copies: Copies = Copies()) -> tuple[list[Table], list[str]]:
    """Build all features of one shard of each size, smallest first: the peak is the process's so far."""
    opened = Register(register)
    county, seasons = opened.shard(opened.counties[0]), Seasons(copies.dates)
    lines: list[dict[str, Cell]] = []
    for number in sorted(copies.copies):
        shard = repeated(county, number)
        cost, features = cost_of(lambda: built(shard, seasons))  # noqa: B023 - called at once
        lines.append(
            {
                "households": features["household_id"].n_unique(),
                "CPU s": round(cost.processor, 1),
                "us a household and date": round(cost.processor / len(features) * 1e6, 1),
                "peak GiB": round(cost.peak, 2),
            }
        )
    return [Table(f"All features at {copies.dates} dates", lines)], []


def repeated(shard: Shard, copies: int) -> Shard:
    """Put a county into one shard so often, every household, person and place under an id of its own."""
    tables = {
        name: pl.concat(_renamed(frame, number) for number in range(copies))
        for name, frame in shard.tables.items()
    }
    return Shard(tables, shard.lines)


def _renamed(frame: pl.DataFrame, number: int) -> pl.DataFrame:
    return frame.with_columns(pl.col(one) + f"-{number}" for one in IDS if one in frame.columns)
