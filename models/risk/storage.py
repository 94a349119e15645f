"""A model on disk: LightGBM text and JSON, every file hashed, checked before it is opened."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np

from models.risk.calibration import Calibration
from models.risk.logistic import LogisticMember
from models.risk.model import RiskModel
from register.atomic import sha256, write_json, write_text
from register.errors import StoreError

MANIFEST = "manifest.json"
MODEL = "model.json"
LOGISTIC = "logistic.json"


def save_model(model: RiskModel, folder: Path, facts: Mapping[str, Any]) -> None:
    """Write a fitted model.

    Parameters
    ----------
    model : RiskModel
        Fitted.
    folder : Path
        Its folder: ``member_<n>.txt``, ``logistic.json``, ``model.json`` and, last, ``manifest.json``.
    facts : mapping
        What a reader should know of it (training date, rows, base rate).
    """
    names = [f"member_{number}.txt" for number in range(len(model.members_))]
    for name, member in zip(names, model.members_, strict=True):
        write_text(folder / name, _without_threads(member.model_to_string()))
    write_json(folder / LOGISTIC, model.logistic_.told())
    told = {
        "features": model.feature_names_in_,
        "members": names,
        "parameters": {name: value for name, value in model.get_params().items() if name != "threads"},
        "logistic_share": model.logistic_share_,
        "calibration": asdict(model.calibration_),
        "facts": dict(facts),
    }
    write_json(folder / MODEL, told)
    hashes = {name: sha256(folder / name) for name in (*names, LOGISTIC, MODEL)}
    write_json(folder / MANIFEST, {"sha256": hashes})


def load_model(folder: Path, threads: int = 1) -> RiskModel:
    """Read a model, refusing any file that is not as it was written.

    Raises
    ------
    StoreError
        When the manifest or a file is missing, or a hash differs. A damaged text kills
        the process inside LightGBM in 585 of 1,000 cases (RELIABILITY M6), so it is
        never opened.
    """
    told = json.loads(_verified(folder, MODEL).read_text(encoding="utf-8"))
    model = RiskModel(**told["parameters"], threads=threads)
    model.feature_names_in_ = told["features"]
    model.members_ = [
        lgb.Booster(model_str=_verified(folder, name).read_text(encoding="utf-8")) for name in told["members"]
    ]
    model.logistic_ = LogisticMember.read(json.loads(_verified(folder, LOGISTIC).read_text(encoding="utf-8")))
    fitted: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in told["calibration"].items()
    }
    model.classes_ = np.array([0, 1])
    return model.blended(told["logistic_share"]).calibrated(Calibration(**fitted))


def model_facts(folder: Path) -> dict[str, Any]:
    """Read what was written about the model."""
    facts: dict[str, Any] = json.loads(_verified(folder, MODEL).read_text(encoding="utf-8"))["facts"]
    return facts


def _verified(folder: Path, name: str) -> Path:
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise StoreError(f"{manifest}: no model found; run the train stage first (huitou run)")
    hashes = json.loads(manifest.read_text(encoding="utf-8"))["sha256"]
    path = folder / name
    if not path.is_file() or sha256(path) != hashes.get(name):
        raise StoreError(
            f"{path}: missing or changed since training; run training again (dvc repro -f train)"
        )
    return path


def _without_threads(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith("[num_threads:"))
