"""One command at a time changes a workspace; the next one is told who is at work, and since when."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from filelock import FileLock, Timeout

from pipelines.workspace import ARTIFACTS
from register.atomic import write_json
from register.errors import StoreError

LOCK = ARTIFACTS / ".run.lock"
HOLDER = ARTIFACTS / ".run.holder.json"


@contextmanager
def one_at_a_time(command: str) -> Iterator[None]:
    """Hold the workspace's lock for the time of the block.

    The operating system holds the lock (flock) and frees it when its holder dies, however
    it dies. The note of the holder beside it is for people; nothing depends on it.

    Parameters
    ----------
    command : str
        What is at work, for the one who has to wait.

    Raises
    ------
    StoreError
        At once, when another command holds the lock.
    """
    ARTIFACTS.mkdir(exist_ok=True)
    try:
        with FileLock(LOCK, timeout=0):
            since = datetime.now().astimezone().isoformat(timespec="seconds")
            write_json(
                HOLDER,
                {"command": command, "pid": os.getpid(), "host": socket.gethostname(), "since": since},
            )
            try:
                yield
            finally:
                HOLDER.unlink(missing_ok=True)
    except Timeout:
        raise StoreError(f"{LOCK}: {_named()} is at work; wait for it to end, then run again") from None


def holder() -> str:
    """Name the command that holds the workspace's lock, as far as its note tells; "" when none does."""
    if not LOCK.is_file():
        return ""
    try:
        with FileLock(LOCK, timeout=0):
            return ""
    except Timeout:
        return _named()


def _named() -> str:
    try:
        told = json.loads(HOLDER.read_bytes())
        return f"huitou {told['command']} (pid {told['pid']} on {told['host']}, since {told['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another huitou command"
