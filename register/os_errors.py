"""What the operating system refused, by its number, and what to do about each."""

import errno
import os
import re
from collections.abc import Mapping

_ROOM = "make room on that disk, then run again"
_RIGHTS = "ask whoever owns it for the right to read and write there, then run again"
_OPEN = "close other programs, or raise the limit of open files (ulimit -n), then run again"
_MOVED = "check its name, or put back what was moved or removed, then run again"
_KIND = "a file is wanted where a folder stands, or the other way round; name the other one, then run again"
_DEVICE = "look at the disk or the network drive, then run again"
_BUSY = "close the program that holds it, then run again"

#: By number; what is not here is told as the system tells it, with `ELSE`.
NEXT_STEPS: Mapping[int, str] = {
    errno.ENAMETOOLONG: "shorten the names, or work in a folder nearer to the root, then run again",
    errno.EROFS: "work in a folder that may be written to, then run again",
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: "make room, or ask for a larger quota, then run again",
    errno.EFBIG: "work on a file system that takes files of this size, then run again",
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.ENOENT: _MOVED,
    errno.ESTALE: _MOVED,
    errno.EISDIR: _KIND,
    errno.ENOTDIR: _KIND,
    errno.EEXIST: "move what stands there away, then run again",
    errno.ENOTEMPTY: "another program writes there; close it, then run again",
    errno.EMFILE: _OPEN,
    errno.ENFILE: _OPEN,
    errno.ENOMEM: "close other programs, then run again",
    errno.ELOOP: "a link leads back to itself; remove it, then run again",
    errno.EXDEV: "keep the folder on one file system, without mounts inside it, then run again",
    errno.EIO: _DEVICE,
    errno.ENODEV: _DEVICE,
    errno.ENXIO: _DEVICE,
    errno.ETIMEDOUT: _DEVICE,
    errno.EBUSY: _BUSY,
    errno.ETXTBSY: _BUSY,
    errno.ECONNREFUSED: "the server does not answer; ask whoever runs it, then run again",
    errno.EINVAL: "the file system refuses this name or action; work in another folder, then run again",
}
ELSE = "run again; if it stays, report it"
#: polars and pyarrow tell the number in their words only.
_IN_WORDS = re.compile(r"(?:\[errno |\(os error )(\d+)", re.IGNORECASE)
_BY_CLASS = {FileNotFoundError: errno.ENOENT, PermissionError: errno.EACCES, FileExistsError: errno.EEXIST}


def message_of(error: OSError) -> str:
    """Say in one line where, what the system refused, and what to do.

    Parameters
    ----------
    error : OSError
        Also of libraries that leave out the number.

    Returns
    -------
    str
        Without anything that was to be written.

    Examples
    --------
    >>> message_of(OSError(28, "No space left on device", "artifacts/x"))
    'artifacts/x: No space left on device; make room on that disk, then run again'
    """
    number = number_of(error)
    where = error.filename2 or error.filename
    place = os.fsdecode(where) if isinstance(where, str | bytes | os.PathLike) else "storage"
    reason = os.strerror(number) if number else error.strerror or type(error).__name__
    return f"{place}: {reason}; {NEXT_STEPS.get(number or 0, ELSE)}"


def number_of(error: Exception) -> int | None:
    """Tell the number of a refusal of the system, also from its words; None if it is none."""
    if isinstance(error, OSError) and error.errno:
        return error.errno
    in_words = _IN_WORDS.search(str(error))
    if in_words:
        return int(in_words[1])
    return next((number for kind, number in _BY_CLASS.items() if isinstance(error, kind)), None)
