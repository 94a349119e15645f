"""Explainers that are not locked, timed by an interpreter of their own on the same models and rows."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.invented import Rows
from models.arrays import Floats
from models.risk.model import RiskModel

SCRIPT = Path(__file__).with_name("rivals.py")


@dataclass(frozen=True)
class Rival:
    """What an explainer took a row, None where it is not installed; its values of single features, if any."""

    name: str
    version: str | None
    milliseconds: float | None
    singles: Floats | None


def rivals_of(model: RiskModel, rows: Rows, few: int, python: Path | None = None) -> list[Rival]:
    """Hand the members and rows to `rivals.py` under `python`, this interpreter by default."""
    with tempfile.TemporaryDirectory() as folder:
        _hand_over(Path(folder), model, rows)
        command = [str(python or sys.executable), str(SCRIPT), folder, str(few)]
        one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        output = subprocess.run(command, env=one_thread, stdout=subprocess.PIPE, text=True, check=True).stdout
        return [_rival(Path(folder), **one) for one in json.loads(output)]


def _hand_over(folder: Path, model: RiskModel, rows: Rows) -> None:
    for number, member in enumerate(model.members_):
        member.save_model(folder / f"member_{number}.txt")
    np.save(folder / "matrix.npy", rows.frame.to_numpy())
    np.save(folder / "label.npy", rows.label)
    columns = list(rows.frame.columns)
    numbers = {name: group for group, names in enumerate(rows.groups.values()) for name in names}
    shape = {
        "groups": [numbers[name] for name in columns],
        "members": len(model.members_),
        "rounds": model.rounds,
        "leaves": model.num_leaves,
        "depth": max(model.max_depth, 0),
    }
    (folder / "shape.json").write_text(json.dumps(shape), encoding="utf-8")


def _rival(folder: Path, name: str, version: str | None, milliseconds: float | None) -> Rival:
    values = folder / f"{name}.npy"
    return Rival(name, version, milliseconds, np.load(values) if values.is_file() else None)
