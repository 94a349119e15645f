"""`huitou run`: dvc repro with parameters set, one run at a time, then where to look."""

import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from pipelines.commands.summary import released
from pipelines.commands.track import track_run
from pipelines.workspace.champion import championship_of
from pipelines.workspace.disk import room
from pipelines.workspace.earlier_keys import noted_key, refuse_other_keys
from pipelines.workspace.invented import refuse_own_files_as_invented
from pipelines.workspace.lock import one_at_a_time, stage_left
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.releases import follow_earlier
from pipelines.workspace.settings import parameters_set
from pipelines.workspace.stage import tell
from pipelines.workspace.tether import TetheredDvc
from pipelines.workspace.workspace import HERE
from register.errors import SourceError, StoreError
from register.keys.published import is_invented
from watchlists.visits.capacity import read_capacity_table


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
    with one_at_a_time("run") as held, parameters_set(assignments) as params:
        dvc = TetheredDvc(held)
        refuse_unready(params)
        championship_of(HERE, params).follow()
        follow_earlier(HERE, params)
        _publish(dvc)
        summary = released()
        track_run(HERE, params)
    sys.stdout.write(summary)


def refuse_unready(params: Parameters) -> None:
    """Refuse what DVC would refuse in its own words, or a stage only after others have worked."""
    room(HERE, params)
    read_capacity_table(Path(params.watchlist.capacity.table))
    source = params.source
    refuse_own_files_as_invented(HERE, source)
    if params.privacy.pseudonymise:
        refuse_other_keys(HERE, params.privacy, but_for=_replaced_keys(params))
    path = Path(source.path)
    if source.kind == "sql" and not path.is_file():
        raise SourceError(f"{path}: no such file; set source.path to the file that holds the database's URL")
    if source.kind not in ("simulator", "sql") and not path.is_dir():
        raise SourceError(f"{path}: no such folder; set source.path to the folder that holds the data")


def _replaced_keys(params: Parameters) -> set[str]:
    """Name the keys that the run needs no more: ingest makes the register anew under another."""
    noted = noted_key(HERE) if is_invented(params.source.kind) else None
    return {*params.privacy.given_up_keys, *([noted] if noted else [])}


def reproduce(dvc: TetheredDvc, stage: str, *options: str) -> None:
    """Bring a stage and what it depends on up to date, quietly: stages speak for themselves.

    Raises
    ------
    StoreError
        When DVC fails before any stage ran, or it or a stage was killed.
    SystemExit
        With the exit code of the stage that failed, which has said why.
    """
    HERE.failure.unlink(missing_ok=True)
    code = dvc.run("repro", "--quiet", *options, stage)
    if code and HERE.failure.is_file():
        sys.exit(json.loads(HERE.failure.read_text(encoding="utf-8"))["exit_code"])
    if code:
        raise StoreError(_why_silent(code))


def _why_silent(code: int) -> str:
    """Say what ended DVC or a stage that said nothing itself."""
    ended = f"stage {stage_left()}" if stage_left() else "dvc repro"
    if code < 0:
        ended = f"{ended} was stopped by signal {-code} ({signal.strsignal(-code)})"
    elif stage_left():
        ended = f"{ended} was stopped by the system before it could say why"
    else:
        return "dvc repro failed before any stage ran; run `dvc repro` to read why"
    return f"{ended}; nothing was published; see whether memory ran out, then run again"


def _publish(dvc: TetheredDvc) -> None:
    reproduce(dvc, "publish")
    released = (
        HERE.releases / json.loads(HERE.release.read_text(encoding="utf-8"))["season"] / "manifest.json"
    )
    if not released.is_file():
        tell("the release was removed: publishing it again")
        reproduce(dvc, "publish", "--force", "--single-item")
