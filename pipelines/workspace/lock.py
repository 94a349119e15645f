"""One command at a time changes a workspace; the next one is told who is at work, and since when."""

import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.workspace.flock import locked
from pipelines.workspace.modes import shut
from pipelines.workspace.workspace import HERE
from register.atomic import write_json
from register.errors import StoreError

LOCK = HERE.artifacts / ".run.lock"
HOLDER = HERE.artifacts / ".run.holder.json"
#: Held by the stage at work and naming it; a name left behind is that of a stage that was killed.
STAGE = HERE.artifacts / ".stage.lock"
#: Environment variable in which a run tells its stages the `Held.token` of the lock they work under.
RUN = "HUITOU_RUN"


@dataclass(frozen=True)
class Held:
    """The workspace's lock in the hands of a command.

    Attributes
    ----------
    descriptor : int
        Open on the lock: whoever inherits it holds the lock too, until it dies.
    token : str
        Names this holder to its stages.
    """

    descriptor: int
    token: str


@contextmanager
def one_at_a_time(command: str) -> Iterator[Held]:
    """Hold the workspace's lock for the time of the block.

    The operating system holds the lock (flock) and frees it when its last holder dies,
    however it dies. The note beside it is for people, and for the holder's own stages.

    Parameters
    ----------
    command : str
        What is at work, for the one who has to wait.

    Yields
    ------
    Held

    Raises
    ------
    StoreError
        At once, when another command holds the lock or a stage of a killed one still works.
    """
    with locked(LOCK) as descriptor:
        if descriptor is None:
            raise StoreError(f"{LOCK}: {_named()} is at work; wait for it to end, then run again")
        token = secrets.token_hex(8)
        write_json(HOLDER, _note(command, token))
        try:
            _clear_stage()
            shut(HERE)
            yield Held(descriptor, token)
        finally:
            HOLDER.unlink(missing_ok=True)


@contextmanager
def stage_at_work(stage: str) -> Iterator[None]:
    """Hold the workspace for a stage: under the lock of the run that started it, else its own.

    Raises
    ------
    StoreError
        When that run has ended, or something else is at work.
    """
    token = os.environ.get(RUN)
    if token is None:  # dvc repro, typed by hand
        with one_at_a_time(f"stage {stage}"):
            yield
        return
    with locked(STAGE) as descriptor:
        if descriptor is None:
            raise StoreError(f"{STAGE}: stage {stage_left()} is at work; wait for it to end, then run again")
        _refuse_without_run(token)
        os.truncate(descriptor, 0)
        os.write(descriptor, stage.encode())
        try:
            yield
        finally:
            os.truncate(descriptor, 0)


def holder() -> str:
    """Name the command that holds the workspace's lock, as far as its note tells; "" when none does."""
    for lock, named in ((LOCK, _named), (STAGE, _orphan)):
        if lock.is_file():
            with locked(lock) as descriptor:
                if descriptor is None:
                    return named()
    return ""


def stage_left() -> str:
    """Name the stage at work, or the one that was killed at work; "" when the last one ended by itself."""
    return STAGE.read_text(encoding="utf-8") if STAGE.is_file() else ""


def wait_for_stage() -> None:
    """Return when no stage is at work any more."""
    with locked(STAGE, wait=True):
        pass


def _note(command: str, token: str) -> dict[str, Any]:
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    who = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
    return {"command": command, "token": token, **who}


def _clear_stage() -> None:
    """Refuse to work beside a stage that outlived its run; forget one that was killed."""
    with locked(STAGE) as descriptor:
        if descriptor is None:
            raise StoreError(f"{STAGE}: {_orphan()} is still at work; wait for it to end, then run again")
        os.truncate(descriptor, 0)


def _refuse_without_run(token: str) -> None:
    with locked(LOCK) as free:
        if free is not None or _read_note().get("token") != token:
            raise StoreError(f"{LOCK}: the run that started this stage has ended; start huitou run again")


def _orphan() -> str:
    return f"stage {stage_left() or 'of a run'} (its run was killed)"


def _named() -> str:
    note = _read_note()
    try:
        return f"huitou {note['command']} (pid {note['pid']} on {note['host']}, since {note['since']})"
    except KeyError:
        return "another huitou command"


def _read_note() -> dict[str, Any]:
    try:
        note = json.loads(HOLDER.read_bytes())
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}
