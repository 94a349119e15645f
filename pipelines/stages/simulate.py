"""Stage simulate: make the prefecture, county by county, as the files a prefecture would send."""

import shutil
from functools import reduce
from math import ceil
from operator import or_
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipelines.workspace.parameters import Parameters
from pipelines.workspace.parameters.sections import ComputeParameters
from pipelines.workspace.shards import map_shards
from pipelines.workspace.stage import run_stage
from pipelines.workspace.workspace import Workspace
from register.atomic import atomic_path, forget_unfinished, sha256, write_json
from register.errors import ParamsError
from simulator.county import simulate_county
from simulator.lines import LINES, line_rows
from simulator.office import Office
from simulator.population import county_id
from simulator.settings import SimulatorParameters

Sealed = dict[str, dict[str, int | str]]
#: Names every file of the delivery, with its rows and hash.
CONTROL = "control.json"
#: In the folder of the truth: what the prefecture was made by, and what seals its files.
SETTINGS, MANIFEST = "settings.json", "manifest.json"


def main(workspace: Workspace, params: Parameters) -> None:
    """Simulate the prefecture of the parameters, and nothing of an earlier or larger one."""
    for made in (workspace.simulated, workspace.truth):
        shutil.rmtree(made, ignore_errors=True)
    simulate(params.simulator, params.compute, workspace.simulated, workspace.truth)


def simulate(settings: SimulatorParameters, compute: ComputeParameters, delivered: Path, truth: Path) -> None:
    """Write what the prefecture delivers, and apart from it what its truth can be worked out from.

    Parameters
    ----------
    settings : SimulatorParameters
        What to make.
    compute : ComputeParameters
        By whom; what a county contains depends on nothing but its number.
    delivered : Path
        Folder of one sub-folder a county, and ``lines.csv`` where no line is cited for them;
        ``control.json`` says what was delivered, and stands for all of it in dvc.yaml.
    truth : Path
        Folder of the truth, which nobody there knows: `SETTINGS`, and no truth of another prefecture.
    """
    for seal in (delivered / CONTROL, truth / MANIFEST):
        seal.unlink(missing_ok=True)  # of what is being made anew
    shared = _Shared(settings, delivered.absolute())
    counties = map_shards(_county, range(settings.counties), "simulate", compute, shared)
    control: Sealed = reduce(or_, counties)
    forget_unfinished(delivered)
    control |= _lines(settings.office, delivered / f"{LINES}.csv")
    write_json(truth / SETTINGS, settings.written())
    write_json(delivered / CONTROL, control)


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


class _Shared(NamedTuple):
    """What to make, and where it is written."""

    settings: SimulatorParameters
    delivered: Path


def _county(number: int, shared: _Shared) -> Sealed:
    """Make and write one county."""
    settings, delivered = shared
    county = county_id(number, settings.office)
    tables = simulate_county(number, settings).tables
    return {
        f"{county}/{name}.csv": _delivered(delivered / county / f"{name}.csv", frame)
        for name, frame in tables.items()
    }


def _delivered(target: Path, frame: pl.DataFrame) -> dict[str, int | str]:
    with atomic_path(target) as aside:
        frame.write_csv(aside)
    return {"rows": len(frame), "sha256": sha256(target)}


if __name__ == "__main__":
    run_stage(main)
