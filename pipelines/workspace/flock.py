"""A lock that the operating system holds on a file, and frees when its last holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path, *, wait: bool = False) -> Iterator[int | None]:
    """Hold a lock for the time of the block.

    Parameters
    ----------
    path : Path
        Made for its owner alone; it may hold text, and is never removed.
    wait : bool
        Whether to wait for whoever holds it.

    Yields
    ------
    int or None
        The descriptor, open on the file: a child that inherits it holds the lock as well.
        None where somebody else holds it and `wait` is not set.
    """
    path.parent.mkdir(exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield descriptor if _is_taken(descriptor, wait=wait) else None
    finally:
        os.close(descriptor)


def _is_taken(descriptor: int, *, wait: bool) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
