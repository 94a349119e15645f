"""Where a run keeps its things: paths; and how far it is."""

import subprocess
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

Step = TypeVar("Step")

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


def today() -> date:
    """Give the day an officer here would write: the machine's own, not Greenwich's."""
    return datetime.now().astimezone().date()


def shards(counties: Iterable[str], title: str) -> Iterable[str]:
    """Walk county shards and show how far the walk is."""
    return progress(counties, title, "county")


def progress(steps: Iterable[Step], title: str, unit: str) -> Iterable[Step]:
    """Take the steps of a walk, which are known before it begins, and show how far it is."""
    from tqdm import tqdm  # here, so that a command's help need not wait for it

    return tqdm(list(steps), desc=title, unit=unit, ascii=" =", leave=True)


def code_commit(git: Callable[..., Any] = subprocess.run) -> str | None:
    """Name the commit the code stands at; None outside a repository."""
    try:
        output = git(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return output.stdout.strip() or None
