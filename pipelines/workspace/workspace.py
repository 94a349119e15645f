"""Where a run keeps its things, and what it was told: paths, parameters, progress."""

import hashlib
import os
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from register.errors import ParamsError
from register.keys.passwords import refuse_password

Step = TypeVar("Step")

PARAMS = Path("params.yaml")
ARTIFACTS = Path("artifacts")
REGISTER = ARTIFACTS / "register"
FEATURES = ARTIFACTS / "features"
MODEL = ARTIFACTS / "model"
CANARIES = MODEL / "canaries.json"
EVALUATION = ARTIFACTS / "evaluation"
EXPLANATIONS = ARTIFACTS / "explanations"
WATCHLIST = ARTIFACTS / "watchlist"
HINDSIGHT = ARTIFACTS / "hindsight"
TRACKING = ARTIFACTS / "mlflow"
FAILURE = ARTIFACTS / "failure.json"
TRUTH = ARTIFACTS / "truth"
RELEASE = ARTIFACTS / "release.json"
RELEASES = Path("releases")
#: Which releases are earlier than the season of the run; stages depend on it.
EARLIER = RELEASES / "earlier"
#: What visits found; kept for good, so neither an artifact nor a release.
LOOKBACKS = Path("lookbacks")
#: Every training, who promoted which, and the champions; kept for good as well.
RUNS = Path("runs")
#: Environment variable in which a run tells its stages the hash of the parameters it was given.
PARAMS_SHA256 = "HUITOU_PARAMS_SHA256"


def load_params(path: Path = PARAMS) -> dict[str, Any]:
    """Read the parameters of this run.

    Raises
    ------
    ParamsError
        When the file is missing, is no mapping, may hold a password, or is not what the run
        was started with.
    """
    if not path.is_file():
        raise ParamsError(f"{path}: not found; run huitou in the folder that holds params.yaml")
    text = path.read_bytes()
    if hashlib.sha256(text).hexdigest() != os.environ.get(PARAMS_SHA256, hashlib.sha256(text).hexdigest()):
        raise ParamsError(f"{path}: changed while its run was at work; run again with what it says now")
    import yaml  # here, so that a command's help need not wait for it

    params = yaml.safe_load(text)
    if not isinstance(params, dict):
        raise ParamsError(f"{path}: found no names and values; restore it from git")
    refuse_passwords(params, str(path))
    return params


def refuse_passwords(params: object, place: str) -> None:
    """Refuse parameters that may hold a password: stages, DVC and MLflow keep what they are told.

    Parameters
    ----------
    params : object
        Names and values, at any depth.
    place : str
        Where they stand, for the message.

    Raises
    ------
    ParamsError
    """
    if isinstance(params, str):
        refuse_password(params, place)
    elif isinstance(params, Mapping):
        for name, value in params.items():
            refuse_passwords(value, f"{place} {name}")
    elif isinstance(params, Sequence):
        for value in params:
            refuse_passwords(value, place)


def today() -> date:
    """Give the day an officer here would write: the machine's own, not Greenwich's."""
    return datetime.now().astimezone().date()


def shards(counties: Iterable[str], title: str) -> Iterable[str]:
    """Walk county shards and show how far the walk is."""
    return progress(counties, title, "county")


def progress(steps: Iterable[Step], title: str, unit: str) -> Iterable[Step]:
    """Take the steps of a walk, which are known before it begins, and show how far it is."""
    from tqdm import tqdm

    return tqdm(list(steps), desc=title, unit=unit, ascii=" =", leave=True)


def code_commit(git: Callable[..., Any] = subprocess.run) -> str | None:
    """Name the commit the code stands at; None outside a repository."""
    try:
        said = git(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return said.stdout.strip() or None
