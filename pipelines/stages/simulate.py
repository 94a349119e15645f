"""Stage simulate: make the prefecture, county by county, as the files a prefecture would send."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from math import ceil
from multiprocessing import get_context
from pathlib import Path

import polars as pl
from tqdm import tqdm

from pipelines.workspace.parameters import Parameters
from pipelines.workspace.stage import run_stage
from pipelines.workspace.workspace import Workspace
from register.atomic import atomic_path, sha256, write_json
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
    simulate(params.simulator, workspace.simulated, workspace.truth)


def simulate(settings: SimulatorParameters, delivered: Path, truth: Path) -> None:
    """Write what the prefecture delivers, and apart from it what its truth can be worked out from.

    Parameters
    ----------
    settings : SimulatorParameters
        What to make.
    delivered : Path
        Folder of one sub-folder a county, and ``lines.csv`` where no line is cited for them;
        ``control.json`` says what was delivered, and stands for all of it in dvc.yaml.
    truth : Path
        Folder of the truth, which nobody there knows: `SETTINGS`, and no truth of another prefecture.
    """
    for seal in (delivered / CONTROL, truth / MANIFEST):
        seal.unlink(missing_ok=True)  # of what is being made anew
    write = partial(_county, settings=settings, delivered=delivered)
    control = each_county(write, settings, "simulate")
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


def each_county(make: Callable[[int], Sealed], settings: SimulatorParameters, title: str) -> Sealed:
    """Make the counties, several at a time; what each contains depends on nothing but its number."""
    made: Sealed = {}
    with _side_by_side(settings) as walk:
        counties = walk(make, range(settings.counties))
        for files in tqdm(counties, title, settings.counties, unit="county", ascii=" ="):
            made |= files
    return made


@contextmanager
def _side_by_side(settings: SimulatorParameters) -> Iterator[Callable[..., Iterator[Sealed]]]:
    if settings.processes <= 1 or settings.counties == 1:
        yield map
        return
    # Polars must not be forked: a child begins afresh.
    with ProcessPoolExecutor(settings.processes, get_context("spawn")) as pool:
        yield pool.map


def _county(number: int, settings: SimulatorParameters, delivered: Path) -> Sealed:
    """Make and write one county."""
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
