"""Take a delivered file into memory, or refuse what should not be opened at all."""

import stat
from pathlib import Path

from register.errors import SourceError
from register.os_errors import message_of

#: A county of a million households has tables of about 500 MB; more is no delivery but a mistake.
MAX_BYTES = 2 * 1024**3


def read_whole(path: Path) -> bytes:
    """Read a file's bytes.

    Raises
    ------
    SourceError
        When it is a link (it could lead out of the folder), no regular file, larger than
        `MAX_BYTES`, sparse files included, or the system refuses it.
    """
    try:
        return _whole(path)
    except OSError as refused:
        raise SourceError(message_of(refused)) from None


def _whole(path: Path) -> bytes:
    refuse_link(path)
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise SourceError(f"{path}: not a regular file; put the delivered file itself here")
    if status.st_size > MAX_BYTES:
        raise SourceError(
            f"{path}: found {status.st_size} bytes, allowed are {MAX_BYTES}; split the file by county"
        )
    return path.read_bytes()


def refuse_link(path: Path) -> None:
    """Refuse a symbolic link."""
    if path.is_symlink():
        raise SourceError(f"{path}: a symbolic link; put the delivered file itself here")
