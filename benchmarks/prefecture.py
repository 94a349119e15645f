"""A simulated prefecture of any size in a copy of the project, and what it costs to run there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from math import ceil
from pathlib import Path

from benchmarks.cost import Cost, cost_of_command
from pipelines.workspace.parameters import Parameters, load_params
from pipelines.workspace.parameters.files import assigned, write
from pipelines.workspace.workspace import Workspace

ROOT = Path(__file__).parents[1]
CODE = ("register", "simulator", "features", "models", "watchlists", "pipelines", "studies", ".dvc")
BESIDE = ("dvc.yaml", "capacity.csv", "requirements.lock", "pyproject.toml", ".dvcignore", ".gitignore")
KEPT = ("runs/champion", "releases/earlier", "lookbacks", "shadow")
#: `huitou`, as the environment's script calls it.
COMMAND = "from pipelines.commands.command_line import main; main()"


def sized(households: int, of_a_county: int = 5_000) -> dict[str, object]:
    """Give the parameters of a prefecture of so many households, in counties of one size.

    Examples
    --------
    >>> sized(40_000)
    {'simulator.counties': 8, 'simulator.households_per_county': 5000}
    """
    counties = max(1, round(households / of_a_county))
    return {"simulator.counties": counties, "simulator.households_per_county": ceil(households / counties)}


def make_prefecture(folder: Path, changes: Mapping[str, object]) -> Workspace:
    """Copy the project, under the repository's parameters with some of them changed."""
    for name in CODE:
        ignored = shutil.ignore_patterns("__pycache__", "cache", "tmp")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in BESIDE:
        shutil.copy(ROOT / name, folder)
    for name in KEPT:
        (folder / name).mkdir(parents=True)
    write(Parameters.of(assigned(load_params(ROOT).written(), dict(changes))), folder)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    return Workspace(folder)


def cost_of_stage(workspace: Workspace, stage: str) -> Cost:
    """Run one stage in a process of its own, its libraries' imports included."""
    return _cost(workspace, "-m", f"pipelines.stages.{stage}")


def cost_of_huitou(workspace: Workspace, *arguments: str) -> Cost:
    """Run the command with all that it starts."""
    return _cost(workspace, "-c", COMMAND, *arguments)


def _cost(workspace: Workspace, *arguments: str) -> Cost:
    home = str(workspace.folder.absolute())
    own = {"HOME": home, "XDG_CONFIG_HOME": home, "PYTHONPATH": home, "MLFLOW_TRACKING_URI": ""}
    environment = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE", **own}
    return cost_of_command([sys.executable, *arguments], workspace.folder, environment)
