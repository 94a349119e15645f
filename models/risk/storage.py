"""A model on disk: LightGBM text and JSON, every file hashed, checked before it is opened."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.risk.calibration.calibrate import Calibration
from models.risk.calibration.class_lines import ClassLines
from register.atomic import sha256, write_json, write_text
from register.errors import StoreError

if TYPE_CHECKING:
    from models.risk.model import RiskModel

MANIFEST = "manifest.json"
MODEL = "model.json"
LOGISTIC = "logistic.json"

#: Of ``model.json``: 2 names the calibration's map, which 1 took to be a line; 4 a second set of members;
#: 5 lines of classes, which an older code would read past.
SCHEMA_VERSION = 5


def save_model(model: "RiskModel", folder: Path, facts: Mapping[str, Any]) -> None:
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
    write_json(folder / LOGISTIC, model.logistic_.to_dict())
    stored = {
        "schema_version": SCHEMA_VERSION,
        "features": model.feature_names,
        "members": names,
        "parameters": {name: value for name, value in model.get_params().items() if name != "threads"},
        "logistic_share": model.logistic_share_,
        "class_lines": model.class_lines_.to_dict(),
        "calibration": model.calibration_.to_dict(),
        "scenarios": {rise: one.to_dict() for rise, one in model.scenarios_.items()},
        "facts": dict(facts),
    }
    write_json(folder / MODEL, stored)
    hashes = {name: sha256(folder / name) for name in (*names, LOGISTIC, MODEL)}
    write_json(folder / MANIFEST, {"sha256": hashes})


def load_model(folder: Path, threads: int = 1) -> "RiskModel":
    """Read a model, refusing any file that is not as it was written.

    Raises
    ------
    StoreError
        When the manifest or a file is missing, or a hash differs. A damaged text kills
        the process inside LightGBM in 585 of 1,000 cases (RELIABILITY M6), so it is
        never opened. Also when it was stored by a later version of this code.
    """
    import lightgbm as lgb  # the learners are slow to import, and who reads facts needs none
    import numpy as np

    from models.risk.logistic import LogisticMember
    from models.risk.model import RiskModel

    stored = _stored(folder)
    model = RiskModel(**stored["parameters"], threads=threads)
    model.feature_names_in_ = np.array(stored["features"], dtype=object)
    model.n_features_in_ = len(stored["features"])
    model.members_ = [
        lgb.Booster(model_str=verified(folder, name).read_text(encoding="utf-8"))
        for name in stored["members"]
    ]
    model.logistic_ = LogisticMember.from_dict(json.loads(verified(folder, LOGISTIC).read_bytes()))
    model.logistic_share_ = stored["logistic_share"]
    model.class_lines_ = ClassLines.from_dict(stored.get("class_lines", {}))
    model.calibration_ = Calibration.from_dict(stored["calibration"])
    model.scenarios_ = _scenarios(stored)
    model.classes_ = np.array([0, 1])
    return model


def stored_calibration(folder: Path) -> Calibration:
    """Read how the model's margin is read as a risk."""
    return Calibration.from_dict(_stored(folder)["calibration"])


def stored_scenarios(folder: Path) -> dict[str, Calibration]:
    """Read how the same margin is read for other rises of the line; older models know of none."""
    return _scenarios(_stored(folder))


def _scenarios(stored: Mapping[str, Any]) -> dict[str, Calibration]:
    return {rise: Calibration.from_dict(one) for rise, one in stored.get("scenarios", {}).items()}


def model_facts(folder: Path) -> dict[str, Any]:
    """Read what was written about the model."""
    facts: dict[str, Any] = _stored(folder)["facts"]
    return facts


def _stored(folder: Path) -> dict[str, Any]:
    """Read ``model.json`` as `save_model` writes it today, whichever version it is of."""
    path = verified(folder, MODEL)
    stored: dict[str, Any] = json.loads(path.read_bytes())
    version = stored.get("schema_version", 1)
    if version not in range(1, SCHEMA_VERSION + 1):
        raise StoreError(
            f"{path}: found schema_version {version}, allowed are 1 to {SCHEMA_VERSION}; use the code it "
            "was trained with, or train again (dvc repro -f train)"
        )
    return {**stored, "calibration": _first(stored["calibration"])} if version == 1 else stored


def _first(calibration: Mapping[str, Any]) -> dict[str, Any]:
    """Read a calibration of version 1: a line, its numbers beside the others."""
    return {**calibration, "map": {name: calibration[name] for name in ("slope", "intercept")}}


def verified(folder: Path, name: str) -> Path:
    """Give the path of a file that the model's manifest names, if it is as it was written.

    Raises
    ------
    StoreError
        When the manifest or the file is missing, or the hash differs.
    """
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
