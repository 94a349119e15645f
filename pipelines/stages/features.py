"""Stage: build every feature of every county at every season's end."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from features.contract import check_features
from features.declaration import declared_features
from features.engine import build_features
from features.storage import write_features
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.shards import map_shards
from pipelines.workspace.stage import run_stage
from pipelines.workspace.workspace import HERE, Workspace
from register.errors import SeasonError
from register.readings import readings
from register.seasons import season_end, season_of, seasons_between
from register.store import Register


def main(workspace: Workspace, params: Parameters) -> None:
    """Read the register, build the features, write one file a county."""
    months = params.label.resources_months
    dates = as_of_dates(params.features.first_season, params.season)
    register = Register(workspace.register)
    refuse_empty_season(register, params.season, dates, months)
    shared = _Shared(register, workspace.features, dates, months, params.compute.threads)
    map_shards(_build, register.counties, "features", params.compute, shared)


class _Shared(NamedTuple):
    """What every county's features are built from, and where they are written."""

    register: Register
    folder: Path
    dates: Sequence[date]
    months: int
    threads: int


def _build(county_id: str, shared: _Shared) -> None:
    register, folder, dates, months, threads = shared
    built = build_features(register.shard(county_id), dates, months, threads=threads)
    check_features(built, declared_features(), f"county {county_id}")
    write_features(folder / f"{county_id}.parquet", built)


def as_of_dates(first_season: str, season: str) -> list[date]:
    """List the season ends to build features at.

    Raises
    ------
    SeasonError
        When `season` comes before `first_season`.
    """
    dates = [season_end(one) for one in seasons_between(first_season, season)]
    if not dates:
        raise SeasonError(
            f"season: found {season}, allowed is {first_season} (features.first_season) or later; "
            "mend one of them"
        )
    return dates


def refuse_empty_season(register: Register, season: str, dates: Sequence[date], months: int) -> None:
    """Refuse a season at whose end no household has a reading.

    Raises
    ------
    SeasonError
        When nobody's resources are known at the end of `season`; names the last season
        at which somebody's are.
    """
    counties = register.counties
    if not any(_last_read(register, one, dates[-1:], months) for one in counties):
        known = [day for one in counties if (day := _last_read(register, one, dates, months))]
        last = f"the last with data is {season_of(max(known))}" if known else "no season before it has any"
        raise SeasonError(
            f"season: the register has no income reading for {season}, {last}; "
            "set season to one with data or ingest newer records"
        )


def _last_read(register: Register, county_id: str, dates: Sequence[date], months: int) -> date | None:
    read = readings(register.shard(county_id), dates, months).filter(
        pl.col("resources_over_line").is_not_null()
    )
    return max(read["as_of_date"].to_list(), default=None)


if __name__ == "__main__":
    run_stage(main, HERE.features)
