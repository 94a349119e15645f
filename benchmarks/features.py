"""What features cost: against plain pandas, by the number of households, and in memory.

    python -m benchmarks.features pandas     200,000 households x 6 dates, both in one run
    python -m benchmarks.features shards     all features x 9 dates, 1,000,000 households in 200 county shards
    python -m benchmarks.features one-shard  all features x 9 dates, one county of 5,000 to 100,000 households

The households are those of artifacts/register (`huitou run` makes it), again and again under
shifted ids. Features are built as the features stage builds them, two dates at a time. Times
are of building alone, without reading shards and shifting ids; the peak is of all.
"""

import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd
import polars as pl

from benchmarks.plain_pandas import NAMES, features_at
from features.declaration import declared_features
from features.engine import build_features
from pipelines.workspace.workspace import HERE
from register.seasons import season_end, seasons_between
from register.shard import Shard
from register.store import Register

Made = TypeVar("Made")

IDS = ("household_id", "origin_household_id", "member_id", "village_id", "township_id")
MONTHS = 12


class Spent(NamedTuple):
    """What one shard took, and the most memory so far."""

    seconds: float
    processor: float
    rows: int
    peak: float


def dates(number: int) -> list[date]:
    return [season_end(one) for one in seasons_between("2021Q4", "2025Q4")][-number:]


def shifted(shard: Shard, times: int) -> Shard:
    """Give every household, person and place of a county another id."""
    tables = {
        name: frame.with_columns(pl.col(one) + f"-{times}" for one in IDS if one in frame.columns)
        for name, frame in shard.tables.items()
    }
    return Shard(tables, shard.lines)


def counties(number: int) -> Iterator[Shard]:
    """Walk `number` counties of 5,000 households, one in memory at a time."""
    register = Register(HERE.register)
    for one in range(number):
        names = register.counties
        yield shifted(register.shard(names[one % len(names)]), one // len(names))


def in_one(number: int) -> Shard:
    """Put several counties into one shard."""
    parts = [dict(one.tables) for one in counties(number)]
    tables = {name: pl.concat([one[name] for one in parts]) for name in parts[0]}
    return Shard(tables, next(counties(1)).lines)


def timed(work: Callable[[], Made]) -> tuple[float, float, Made]:
    """Run and give wall and processor seconds, of all threads."""
    wall, processor = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - wall, time.process_time() - processor, found


def peak_gib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def compare(number: int = 40, n_dates: int = 6) -> None:
    """Build the same features in both ways, county by county; the values must agree."""
    chosen = [one for one in declared_features() if one.name in NAMES]
    spent, rows = np.zeros((2, 2)), 0
    for done, shard in enumerate(counties(number), 1):
        tables = {name: frame.to_pandas() for name, frame in shard.tables.items()}
        lines = shard.lines.select("effective_from", "line_per_month").to_pandas()
        ours = timed(lambda: build_features(shard, dates(n_dates), MONTHS, chosen))  # noqa: B023
        plain = timed(lambda: _plain(tables, lines, n_dates))  # noqa: B023
        spent += [ours[:2], plain[:2]]
        rows += _agree(ours[2], plain[2])
        if done % 8 == 0 or done == number:
            _compared(done, rows, len(chosen), spent)


def _compared(done: int, rows: int, n_features: int, spent: np.ndarray) -> None:
    wall, processor = spent[1] / spent[0]
    print(f"{done * 5_000} households, {rows} rows, {n_features} windowed features, all values agree")
    for name, (seconds, used) in zip(("huitou", "pandas"), spent, strict=True):
        print(f"  {name}: {seconds:.1f} s, processor {used:.1f} s, {used / rows * 1e6:.1f} us a row")
    print(
        f"  ratio: {wall:.2f} x in time, {processor:.2f} x in processor time; peak {peak_gib():.2f} GiB",
        flush=True,
    )


def _plain(tables: Mapping[str, pd.DataFrame], lines: pd.DataFrame, n_dates: int) -> pd.DataFrame:
    found = {day: features_at(dict(tables), lines, day) for day in dates(n_dates)}
    return pd.concat(found, names=["as_of_date"]).reset_index()


def _agree(ours: pl.DataFrame, plain: pd.DataFrame) -> int:
    told = ours.to_pandas().sort_values(["household_id", "as_of_date"])
    again = plain.sort_values(["household_id", "as_of_date"])
    assert told["household_id"].tolist() == again["household_id"].tolist()
    # pandas adds up nothing to 0 where nobody is left who needs anything; huitou leaves it missing.
    known = again["has_members"].to_numpy()
    for name in NAMES:
        one, other = told[name].to_numpy(float)[known], again[name].to_numpy(float)[known]
        same = np.isclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True)
        assert same.all(), (name, int((~same).sum()), one[~same][:3], other[~same][:3])
    return len(told)


def shards(number: int = 200) -> None:
    """Walk the counties of a million households, one in memory at a time."""
    spent: list[Spent] = []
    for shard in counties(number):
        spent.append(spent_on(shard))
        if len(spent) in (8, 40, 80, 120, 160, number):
            tell(f"{len(spent) * 5_000:>9,} households in shards", spent, cost(spent[:8]))


def one_shard() -> None:
    """Build one larger and larger county."""
    spent: list[Spent] = []
    for number in (1, 4, 20):
        spent.append(spent_on(in_one(number)))
        tell(f"{number * 5_000:>9,} households in one shard", spent[-1:], cost(spent[:1]))


def spent_on(shard: Shard) -> Spent:
    """Build all features of a shard at nine dates."""
    seconds, processor, built = timed(lambda: build_features(shard, dates(9), MONTHS, threads=2))
    return Spent(seconds, processor, len(built), peak_gib())


def cost(spent: Sequence[Spent]) -> float:
    """Give processor seconds a household and date."""
    return sum(one.processor for one in spent) / sum(one.rows for one in spent)


def tell(what: str, spent: Sequence[Spent], first: float) -> None:
    seconds, processor = sum(one.seconds for one in spent), sum(one.processor for one in spent)
    print(
        f"{what} x 9 dates: {seconds:6.1f} s, processor {processor:6.1f} s, {cost(spent) * 1e6:5.1f} us a "
        f"household and date ({cost(spent) / first - 1:+.0%}), peak {spent[-1].peak:.2f} GiB",
        flush=True,
    )


if __name__ == "__main__":
    {"pandas": compare, "shards": shards, "one-shard": one_shard}[sys.argv[1]]()
