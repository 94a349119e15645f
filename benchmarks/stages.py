"""What every stage costs, by the number of households, and what the command that runs them all does."""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from benchmarks.cost import Cost
from benchmarks.prefecture import ROOT, cost_of_huitou, cost_of_stage, make_prefecture, sized
from benchmarks.record import Cell, Table
from pipelines.workspace.workspace import Workspace

COSTS, DISK = "What the stages cost", "What they leave on disk, MB"
SUM = "sum"
#: The whole command: on an empty folder, and once more.
WHOLE = ("into an empty folder", "again, nothing to do")
NOTES = (
    "Every stage is a process of its own, imports included; every county is simulated, none is used twice.",
    "Peak is that of the largest process, or of all together where a look four times a second saw more.",
)


@dataclass(frozen=True)
class Sizes:
    """Households of each prefecture, and parameters changed for all of them."""

    households: Sequence[int] = (40_000,)
    of_a_county: int = 5_000
    changes: Mapping[str, object] = field(default_factory=dict)


def measured(sizes: Sizes = Sizes()) -> tuple[list[Table], list[str]]:
    """Run every stage at every size, smallest first."""
    costs: list[dict[str, Cell]] = []
    disk: list[dict[str, Cell]] = []
    for households in sorted(sizes.households):
        with _prefecture(households, sizes) as workspace:
            costs += _costs(workspace, households)
            disk += [{"households": households, **_folders(workspace)}]
    return [Table(COSTS, costs), Table(DISK, disk)], list(NOTES)


def measured_whole(sizes: Sizes = Sizes()) -> tuple[list[Table], list[str]]:
    """Run the command in an empty folder of the smallest size, and once more."""
    least = min(sizes.households)
    with _prefecture(least, sizes) as workspace:
        rows = [_row(name, cost_of_huitou(workspace, "run"), least) for name in WHOLE]
    return [Table("`huitou run`: all stages, with what DVC does for them", rows)], [NOTES[1]]


@contextmanager
def _prefecture(households: int, sizes: Sizes) -> Iterator[Workspace]:
    changes = {**sized(households, sizes.of_a_county), **sizes.changes}
    with tempfile.TemporaryDirectory() as above:
        yield make_prefecture(Path(above) / "prefecture", changes)


def stages() -> list[str]:
    """Name the stages in the order in which one uses what others made."""
    declared = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    return list(declared)


def _costs(workspace: Workspace, households: int) -> Iterator[dict[str, Cell]]:
    """Measure stage by stage, and say each as it is known: a million households take hours."""
    spent = []
    for name in stages():
        spent.append(cost_of_stage(workspace, name))
        yield _row(name, spent[-1], households)
    yield _row(SUM, _sum(spent), households)


def _row(name: str, cost: Cost, households: int) -> dict[str, Cell]:
    sys.stderr.write(f"{households} households, {name}: {cost.processor:.1f} CPU s, {cost.peak:.2f} GiB\n")
    return {
        "households": households,
        "stage": name,
        "CPU s": round(cost.processor, 1),
        "of it system": round(cost.system, 1),
        "wall s": round(cost.wall, 1),
        "peak GiB": round(cost.peak, 2),
        "faults, thousand": round(cost.faults / 1000),
        "CPU ms a household": round(1000 * cost.processor / households, 3),
    }


def _sum(costs: Sequence[Cost]) -> Cost:
    """Add up; of peaks the largest."""
    return Cost(
        sum(one.processor for one in costs),
        sum(one.system for one in costs),
        sum(one.wall for one in costs),
        max(one.peak for one in costs),
        sum(one.faults for one in costs),
    )


def _folders(workspace: Workspace) -> dict[str, Cell]:
    """Weigh what stands in every folder of artifacts, and the releases."""
    folders = [one for one in sorted(workspace.artifacts.iterdir()) if one.is_dir()]
    return {one.name: _megabytes(one) for one in [*folders, workspace.releases]}


def _megabytes(folder: Path) -> float:
    files = [one for one in folder.rglob("*") if one.is_file() and not one.is_symlink()]
    return round(sum(one.stat().st_size for one in files) / 1e6, 1)
