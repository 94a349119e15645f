"""What features cost beside plain pandas, whose values must agree, and beside the bare read of tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

from benchmarks.cost import Cost, cost_of
from benchmarks.plain_pandas import NAMES, features_at
from benchmarks.record import Cell, Table
from features.declaration import Feature, declared_features
from features.engine import build_features
from register.seasons import season_end, seasons_between
from register.shard import Shard
from register.store import Register

#: How near the values of both must be: they add up in another order.
RELATIVE, ABSOLUTE = 1e-9, 1e-12


@dataclass(frozen=True)
class Seasons:
    """What is built: the last `number` season ends of the default run, over so many months of resources."""

    number: int = 6
    months: int = 12

    @property
    def days(self) -> list[date]:
        """The dates, ascending."""
        return [season_end(one) for one in seasons_between("2021Q4", "2025Q4")][-self.number :]


@dataclass(frozen=True)
class County:
    """What one county took: the windowed features in both ways, all features, and reading its tables."""

    rows: int
    windowed: Cost
    pandas: Cost
    every: Cost
    read: Cost


def measured(register: Path, seasons: Seasons = Seasons()) -> tuple[list[Table], list[str]]:
    """Build county by county in both ways; one whose values differ is an error.

    Raises
    ------
    ValueError
        When a value of ours is not that of pandas.
    """
    opened = Register(register)
    counties = [_county(opened, one, seasons) for one in opened.counties]
    rows, n_features = sum(one.rows for one in counties), len(declared_features())
    read, pandas, windowed, every = (
        _total(counties, name) for name in ("read", "pandas", "windowed", "every")
    )
    lines = [
        _line(f"huitou, {len(NAMES)} windowed features", windowed, rows, pandas, read),
        _line(f"pandas, the same {len(NAMES)}", pandas, rows, pandas, read),
        _line(f"huitou, all {n_features} features", every, rows, None, read),
        _line("bare read of the tables at every date", read, rows, None, read),
    ]
    caption = (
        f"{len(counties)} counties, {seasons.number} dates, {rows:,} households and dates; all values agree"
    )
    return [Table(caption, lines)], [
        "pandas: masks and one groupby a table, as an analyst would write them, lineage included (ADR 8).",
        "The bare read: polars reads all columns of all tables, without hashes or versions, once a date.",
    ]


def _county(register: Register, county_id: str, seasons: Seasons) -> County:
    shard, chosen = register.shard(county_id), [one for one in declared_features() if one.name in NAMES]
    tables = {name: frame.to_pandas() for name, frame in shard.tables.items()}
    lines = shard.lines.select("effective_from", "line_per_month").to_pandas()
    windowed, ours = cost_of(lambda: built(shard, seasons, chosen))
    pandas, plain = cost_of(lambda: plainly_built(tables, lines, seasons))
    refuse_difference(ours, plain)
    every, _ = cost_of(lambda: built(shard, seasons))
    read, _ = cost_of(lambda: [bare_read(register.root / county_id) for _ in seasons.days])
    return County(len(ours), windowed, pandas, every, read)


def built(shard: Shard, seasons: Seasons, chosen: Sequence[Feature] | None = None) -> pl.DataFrame:
    """Build as the features stage does, one date at a time."""
    return build_features(shard, seasons.days, seasons.months, chosen)


def plainly_built(tables: Mapping[str, pd.DataFrame], lines: pd.DataFrame, seasons: Seasons) -> pd.DataFrame:
    """Build the windowed features in pandas."""
    by_day = {day: features_at(dict(tables), lines, day) for day in seasons.days}
    return pd.concat(by_day, names=["as_of_date"]).reset_index()


def bare_read(folder: Path) -> list[pl.DataFrame]:
    """Read every table of a county as it lies there."""
    return [pl.read_parquet(path) for path in sorted(folder.glob("*.parquet"))]


def refuse_difference(ours: pl.DataFrame, plain: pd.DataFrame) -> None:
    """Hold every value of both against each other."""
    keys = ["household_id", "as_of_date"]
    one, other = ours.to_pandas().sort_values(keys), plain.sort_values(keys)
    if one["household_id"].tolist() != other["household_id"].tolist():
        raise ValueError(f"households: {len(one)} rows of ours, {len(other)} of pandas, or of others")
    # pandas adds up nothing to 0 where nobody is left who needs anything; ours is missing there.
    known = other["has_members"].to_numpy()
    for name in NAMES:
        left, right = one[name].to_numpy(float)[known], other[name].to_numpy(float)[known]
        differs = ~np.isclose(left, right, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True)
        if differs.any():
            raise ValueError(
                f"{name}: {differs.sum()} rows differ, ours {left[differs][:3]}, pandas {right[differs][:3]}"
            )


def _total(counties: Sequence[County], name: str) -> tuple[float, float]:
    """Add up processor and wall seconds."""
    costs: list[Cost] = [getattr(one, name) for one in counties]
    return sum(one.processor for one in costs), sum(one.wall for one in costs)


def _line(
    what: str,
    spent: tuple[float, float],
    rows: int,
    pandas: tuple[float, float] | None,
    read: tuple[float, float],
) -> dict[str, Cell]:
    return {
        "": what,
        "CPU s": round(spent[0], 2),
        "wall s": round(spent[1], 2),
        "us a household and date": round(spent[0] / rows * 1e6, 2),
        "pandas over it, CPU": pandas and round(pandas[0] / spent[0], 2),
        "over the bare read, CPU": round(spent[0] / read[0], 1),
    }
