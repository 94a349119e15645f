"""What a benchmark measured, and where, when and of which code: kept in docs/performance.json."""

import json
import os
import platform
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from pipelines.workspace.workspace import code_commit, today
from register.atomic import write_text

#: What moves times from one version to the next.
LIBRARIES = ("polars", "pyarrow", "numpy", "pandas", "lightgbm", "numba", "scikit-learn", "shap")
Cell = str | float | int | None


@dataclass(frozen=True)
class Table:
    """Rows of one caption; every row has the same columns, a cell that was not measured is None."""

    caption: str
    rows: Sequence[Mapping[str, Cell]]


@dataclass(frozen=True)
class Record:
    """What one benchmark measured in one run.

    Attributes
    ----------
    day, commit, machine : str
        When, of which code, on what.
    versions : mapping of str to str
        Python and `LIBRARIES`.
    load : tuple of float
        Processes that wanted to run, mean of a minute, before and after.
    tables : sequence of Table
    notes : sequence of str
        What a reader must know of this run.
    """

    day: str
    commit: str
    machine: str
    versions: Mapping[str, str]
    load: tuple[float, float]
    tables: Sequence[Table]
    notes: Sequence[str] = ()


def recorded(measure: Callable[[], tuple[Sequence[Table], Sequence[str]]]) -> Record:
    """Run a benchmark and note what surrounded it."""
    day, code, before = today().isoformat(), _code(), os.getloadavg()[0]  # as they are now: a run takes long
    tables, notes = measure()
    load = round(before, 1), round(os.getloadavg()[0], 1)
    versions = {"Python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}
    return Record(day, code, machine(), versions, load, tables, notes)


def machine() -> str:
    """Name cores and memory, and no host: processors, their model, GiB."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} x {_processor()}, {memory:.0f} GiB, {platform.system()}"


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text(encoding="utf-8").splitlines() if cpus.is_file() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def _code() -> str:
    commit = code_commit()
    if commit is None:
        return "unknown"
    dirty = subprocess.run(
        ["git", "status", "--porcelain", "-uno"], capture_output=True, text=True, check=False
    )
    return commit[:12] + (" and changes not committed" if dirty.stdout.strip() else "")


def read_records(path: Path) -> dict[str, Record]:
    """Read what was kept, by benchmark; nothing where nothing was."""
    if not path.is_file():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {name: _read(one) for name, one in kept.items()}


def _read(kept: dict[str, object]) -> Record:
    tables = [Table(**one) for one in kept["tables"]]  # type: ignore[attr-defined]
    return Record(**{**kept, "tables": tables, "load": tuple(kept["load"])})  # type: ignore[arg-type]


def write_records(path: Path, records: Mapping[str, Record]) -> None:
    """Keep the records of all benchmarks, their columns in order."""
    kept = {name: asdict(one) for name, one in records.items()}
    write_text(path, json.dumps(kept, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
