"""Stage simulate: make the prefecture, county by county, as the files a prefecture would send."""

from math import ceil
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipelines.workspace.parameters import Parameters
from pipelines.workspace.parameters.sections import ComputeParameters
from pipelines.workspace.shards import map_shards
from pipelines.workspace.stage import run_stage
from pipelines.workspace.workspace import Workspace
from register.atomic import atomic_path, forget_unfinished, sha256, write_json, write_parquet
from register.errors import ParamsError
from simulator.county import simulate_county
from simulator.lines import LINES, line_rows
from simulator.office import Office
from simulator.population import county_id
from simulator.settings import SimulatorParameters

Sealed = dict[str, dict[str, int | str]]


def main(workspace: Workspace, params: Parameters) -> None:
    """Simulate the prefecture of the parameters."""
    simulate(params.simulator, params.compute, workspace.simulated, workspace.truth)


class _Shared(NamedTuple):
    """What to make, and where it is written."""

    settings: SimulatorParameters
    delivered: Path
    truth: Path


def simulate(settings: SimulatorParameters, compute: ComputeParameters, delivered: Path, truth: Path) -> None:
    """Write what the prefecture delivers, and apart from it what nobody there knows.

    Parameters
    ----------
    settings : SimulatorParameters
        What to make.
    compute : ComputeParameters
        By whom; what a county contains depends on nothing but its number.
    delivered : Path
        Folder of one sub-folder a county, and ``lines.csv`` where no line is cited for them;
        ``control.json`` says what was delivered.
    truth : Path
        Folder of one sub-folder a county; ``manifest.json`` seals it.
    """
    control: Sealed = {}
    manifest: Sealed = {}
    shared = _Shared(settings, delivered.absolute(), truth.absolute())
    for files, sealed in map_shards(_county, range(settings.counties), "simulate", compute, shared):
        control |= files
        manifest |= sealed
    for folder in (delivered, truth):
        forget_unfinished(folder)
    control |= _lines(settings.office, delivered / f"{LINES}.csv")
    write_json(delivered / "control.json", control)
    write_json(truth / "manifest.json", manifest)


def _lines(office: Office, target: Path) -> Sealed:
    target.unlink(missing_ok=True)  # those of a prefecture that was made here before hold no more
    return {target.name: _delivered(target, line_rows(office))} if office.brings_lines else {}


def changed(
    settings: SimulatorParameters, households: int | None, counties: int | None, seed: int | None
) -> SimulatorParameters:
    """Change the size or the seed for one call; villages and townships keep their size.

    Raises
    ------
    ParamsError
        When there are fewer households than counties, or none.
    """
    counties = counties or settings.counties
    total = households or settings.households_per_county * counties
    if total < counties:
        raise ParamsError(
            f"--households {total}: found fewer than the {counties} counties, allowed is at least one "
            "household a county; ask for more households or fewer counties"
        )
    each = ceil(total / counties)
    larger = each / settings.households_per_county
    size = {
        "counties": counties,
        "households_per_county": each,
        "villages_per_county": max(1, round(settings.villages_per_county * larger)),
        "townships_per_county": max(1, round(settings.townships_per_county * larger)),
        "seed": settings.seed if seed is None else seed,
    }
    return settings.model_copy(update=size)


def _county(number: int, shared: _Shared) -> tuple[Sealed, Sealed]:
    """Make and write one county."""
    settings, delivered, truth = shared
    county = county_id(number, settings.office)
    tables, truths = simulate_county(number, settings)
    control: Sealed = {}
    for name, frame in tables.items():
        control[f"{county}/{name}.csv"] = _delivered(delivered / county / f"{name}.csv", frame)
    manifest: Sealed = {}
    for name, frame in truths.items():
        target = truth / county / f"{name}.parquet"
        write_parquet(target, frame)
        manifest[f"{county}/{name}.parquet"] = {"rows": len(frame), "sha256": sha256(target)}
    return control, manifest


def _delivered(target: Path, frame: pl.DataFrame) -> dict[str, int | str]:
    with atomic_path(target) as aside:
        frame.write_csv(aside)
    return {"rows": len(frame), "sha256": sha256(target)}


if __name__ == "__main__":
    run_stage(main)
