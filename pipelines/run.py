"""`huitou run`: dvc repro with parameters set, one run at a time, then where to look."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from models.label_rules import LabelRules
from pipelines.champion import championship_of
from pipelines.lock import one_at_a_time
from pipelines.releases import follow_earlier
from pipelines.settings import parameters_set
from pipelines.stage import tell
from pipelines.summary import released
from pipelines.workspace import FAILURE, RELEASE, RELEASES
from register.errors import ParamsError, SourceError, StoreError
from register.seasons import season_end
from watchlists.capacity import read_capacity_table


def run_pipeline(assignments: Sequence[str]) -> None:
    """Bring the release up to date with the parameters, the data and the code.

    Parameters
    ----------
    assignments : sequence of str
        ``name=value`` pairs for this run only.

    Raises
    ------
    StoreError
        When another run is at work, or DVC itself fails.
    SystemExit
        With the exit code of the stage that failed; the last release stands.
    """
    with one_at_a_time("run"), parameters_set(assignments) as params:
        refuse_unready(params)
        championship_of(params).follow()
        follow_earlier(params)
        _publish()
        said = released()
    sys.stdout.write(said)


def refuse_unready(params: Mapping[str, Any]) -> None:
    """Refuse what DVC would refuse in its own words, or a stage only after others have worked."""
    season_end(params["season"])
    LabelRules(**params["label"])
    read_capacity_table(Path(params["watchlist"]["capacity"]["table"]))
    source = params["source"]
    if not isinstance(source["exported_on"], str | None):
        raise ParamsError('source.exported_on: write the day in quotes, "YYYY-MM-DD"; DVC reads no dates')
    path = Path(source["path"])
    if source["kind"] == "sql" and not path.is_file():
        raise SourceError(f"{path}: no such file; set source.path to the file that holds the database's URL")
    if source["kind"] not in ("simulator", "sql") and not path.is_dir():
        raise SourceError(f"{path}: no such folder; set source.path to the folder that holds the data")


def reproduce(stage: str, *options: str) -> None:
    """Bring a stage and what it depends on up to date, quietly: stages speak for themselves.

    Raises
    ------
    StoreError
        When DVC fails before any stage ran.
    SystemExit
        With the exit code of the stage that failed, which has said why.
    """
    FAILURE.unlink(missing_ok=True)
    scripts = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [sys.executable, "-m", "dvc", "repro", "--quiet", *options, stage]
    done = subprocess.run(command, env=environment, check=False)
    if done.returncode and not FAILURE.is_file():
        raise StoreError("dvc repro failed before any stage ran; run `dvc repro` to read why")
    if done.returncode:
        sys.exit(json.loads(FAILURE.read_text(encoding="utf-8"))["exit_code"])


def _publish() -> None:
    reproduce("publish")
    released = RELEASES / json.loads(RELEASE.read_text(encoding="utf-8"))["season"] / "manifest.json"
    if not released.is_file():
        tell("the release was removed: publishing it again")
        reproduce("publish", "--force", "--single-item")
