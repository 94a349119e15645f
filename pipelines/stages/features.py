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
from pipelines.workspace.shards.ready import Named, Ready
from pipelines.workspace.stage import run_stage
from pipelines.workspace.workspace import HERE, Workspace
from register.atomic import forget_unfinished
from register.errors import SeasonError
from register.readings import readings
from register.seasons import season_end, season_of, seasons_between
from register.store import Register


def main(workspace: Workspace, params: Parameters) -> None:
    """Read the register, build the features, write one file a county."""
    register = Register(workspace.register)
    shared = _shared(workspace, register, params, Ready.where_any)
    refuse_empty_season(register, params.season, shared.dates, shared.months)
    map_shards(_build, register.counties, "features", params.compute, shared)
    forget_unfinished(workspace.features)
    shared.ready.clear()


def make_ready(workspace: Workspace, params: Parameters, index: int, n: int) -> None:
    """Build every `n`-th county's features, from the `index`-th on, for the stage to take."""
    register = Register(workspace.register)
    shared = _shared(workspace, register, params, Ready.of)
    map_shards(_build_ready, register.counties[index::n], "features", params.compute, shared)


class _Shared(NamedTuple):
    """What every county's features are built from, where they are written, and those made beforehand."""

    register: Register
    folder: Path
    dates: Sequence[date]
    months: int
    threads: int
    ready: Ready


#: The one piece of a county.
PIECE = "features"


def _shared(workspace: Workspace, register: Register, params: Parameters, ready: Named) -> _Shared:
    months, dates = params.label.resources_months, as_of_dates(params.features.first_season, params.season)
    made_from = {"register": register.digest, "dates": " ".join(map(str, dates)), "months": str(months)}
    pieces = ready(workspace, "features", lambda: made_from)
    return _Shared(register, workspace.features, dates, months, params.compute.threads, pieces)


def _build(county_id: str, shared: _Shared) -> None:
    target = shared.folder / f"{county_id}.parquet"
    if not shared.ready.take(county_id, PIECE, target):
        write_features(target, _built(county_id, shared))


def _build_ready(county_id: str, shared: _Shared) -> None:
    write_features(shared.ready.path(county_id, PIECE), _built(county_id, shared))


def _built(county_id: str, shared: _Shared) -> pl.DataFrame:
    shard = shared.register.shard(county_id)
    built = build_features(shard, shared.dates, shared.months, threads=shared.threads)
    check_features(built, declared_features(), f"county {county_id}")
    return built


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
