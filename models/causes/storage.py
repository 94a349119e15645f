"""The forecast of causes on disk: JSON beside the model it was trained with, under the model's seal."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.causes.forecast import CauseForecast
from models.risk.storage import MANIFEST, verified
from register.atomic import sha256, write_json

FORECAST = "causes.json"


def save_forecast(forecast: CauseForecast, folder: Path, verdict: Mapping[str, Any]) -> None:
    """Write a forecast beside the model of `folder`, and name its hash in the model's manifest.

    Parameters
    ----------
    forecast : CauseForecast
    folder : Path
        Where `models.risk.storage.save_model` wrote the model.
    verdict : mapping
        What `models.causes.gate.judge_forecast` said of it; empty of a past season's.
    """
    write_json(folder / FORECAST, {"forecast": forecast.to_dict(), "verdict": dict(verdict)})
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["sha256"][FORECAST] = sha256(folder / FORECAST)
    write_json(folder / MANIFEST, manifest)


def load_forecast(folder: Path) -> tuple[CauseForecast, dict[str, Any]] | None:
    """Read the forecast of a model and the verdict on it; None where the model has none.

    Raises
    ------
    StoreError
        When the file is missing or not as it was written.
    """
    hashes = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["sha256"]
    if FORECAST not in hashes:
        return None
    stored = json.loads(verified(folder, FORECAST).read_text(encoding="utf-8"))
    return CauseForecast.from_dict(stored["forecast"]), stored["verdict"]
