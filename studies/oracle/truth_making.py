"""The truth of a simulated prefecture, worked out when somebody judges by it: no stage waits for it."""

import json
from functools import reduce
from operator import or_
from pathlib import Path

from pipelines.stages.simulate import MANIFEST, SETTINGS, Sealed
from pipelines.workspace.parameters import load_params
from pipelines.workspace.parameters.sections import ComputeParameters
from pipelines.workspace.shards import map_shards
from register.atomic import sha256, write_json, write_parquet
from register.errors import StoreError
from simulator.county import simulate_county
from simulator.population import county_id
from simulator.settings import SimulatorParameters
from simulator.truth import truth_of


def made_truth(folder: Path, compute: ComputeParameters | None = None) -> Path:
    """Give the manifest of a truth; where the prefecture's is not worked out yet, do so now.

    Parameters
    ----------
    folder : Path
        Where `pipelines.stages.simulate.simulate` left the prefecture's settings; the truth comes
        to lie beside them, a sub-folder a county.
    compute : ComputeParameters, optional
        By whom; as params.yaml says by default.

    Raises
    ------
    StoreError
        When no prefecture was simulated here.
    """
    manifest, settings = folder / MANIFEST, folder / SETTINGS
    if manifest.is_file():
        return manifest
    if not settings.is_file():
        raise StoreError(f"{manifest}: no truth found; only a simulated prefecture has one (huitou simulate)")
    used = SimulatorParameters.of(json.loads(settings.read_bytes()), "simulator")
    by, shared = compute or load_params().compute, (used, folder.absolute())
    write_json(manifest, reduce(or_, map_shards(_county, range(used.counties), "truth", by, shared)))
    return manifest


def _county(number: int, shared: tuple[SimulatorParameters, Path]) -> Sealed:
    """Let a county happen once more, and write its truth."""
    settings, folder = shared
    county, sealed = county_id(number, settings.office), Sealed()
    for name, frame in truth_of(simulate_county(number, settings), settings).items():
        target = folder / county / f"{name}.parquet"
        write_parquet(target, frame)
        sealed[f"{county}/{name}.parquet"] = {"rows": len(frame), "sha256": sha256(target)}
    return sealed
