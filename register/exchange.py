"""Let two folders change names in one step, so that none of them is ever missing."""

import ctypes
import os
from pathlib import Path

from register.atomic import flush

AT_FDCWD, RENAME_EXCHANGE = -100, 2


def exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders; say whether the system could: Linux can, on most file systems.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> new, old = Path(mkdtemp()), Path(mkdtemp())
    >>> _ = (new / "new").touch()
    >>> exchange(new, old) is (old / "new").exists()
    True
    """
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    paths = (os.fsencode(one), os.fsencode(other))
    if rename(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE):
        return False
    flush(one.parent)
    flush(other.parent)
    return True
