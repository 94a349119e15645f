"""What a command says never decides how it ends: any encoding, and readers who leave early."""

import io
import os
import sys
import unicodedata
from typing import TYPE_CHECKING, TextIO

from register.errors import StoreError
from register.os_errors import message_of

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

OUT, ERRORS = 1, 2


class _Patient(io.FileIO):
    """A stream that may lose its words: to a reader who left, as `head` does, or to a full disk.

    Attributes
    ----------
    refused : OSError or None
        Why words were lost that somebody still waits for.
    """

    refused: OSError | None = None

    def write(self, data: "ReadableBuffer") -> int:
        """Write, or take for written what the system refuses: the work goes on."""
        try:
            return super().write(data)
        except BrokenPipeError:
            pass
        except OSError as refused:
            self.refused = refused
        return memoryview(data).nbytes


def inert(text: str) -> str:
    r"""Write out what no terminal should obey: what a file's or a place's name may hold.

    Examples
    --------
    >>> print(inert("a\x1b[2Jb\u202ec\n"), end="")
    a\x1b[2Jb\u202ec
    """
    return text if text.isprintable() else "".join(map(_inert, text))


def _inert(sign: str) -> str:
    obeyed = sign not in "\n\t" and unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    return sign.encode("unicode_escape").decode() if obeyed else sign


class _Inert(io.TextIOWrapper):
    """A stream to people, whatever the names say that are written to it."""

    def write(self, text: str, /) -> int:
        super().write(inert(text))
        return len(text)


def speak_to_any_terminal() -> None:
    r"""Let standard output and errors take every character, obey none, and outlive their reader.

    A character that the terminal's encoding lacks is written as an escape (``\u56de``).
    File names are UTF-8 whatever the locale says: where Python was told otherwise
    (``PYTHONUTF8=0`` with a locale of old), it starts again in UTF-8 mode, before any work.
    """
    if sys.getfilesystemencoding() != "utf-8":
        os.environ["PYTHONUTF8"] = "1"  # for the stages
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])
    if sys.stdin is None:  # or the next file opened would be it
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - open as long as the process
    sys.stdout = _patient(sys.stdout, sys.__stdout__, OUT)
    sys.stderr = _patient(sys.stderr, sys.__stderr__, ERRORS)


def refuse_unsaid() -> None:
    """Refuse to end as if all was said where standard output could not be written: to a full disk, say.

    Raises
    ------
    StoreError
        After the work, which is done. What is lost of standard error has nobody to be told to.
    """
    sys.stdout.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    if isinstance(raw, _Patient) and raw.refused:
        place = "standard output, the work is done but what it had to say is lost"
        raise StoreError(message_of(OSError(raw.refused.errno, "", place)))


def _patient(stream: TextIO | None, first: TextIO | None, descriptor: int) -> TextIO:
    """Give a stream in the place of the process's own; one that was replaced already stays."""
    if stream is None:  # closed by whoever started the command
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - open as long as the process
    if stream is not first:
        return stream
    stream.flush()
    raw = _Patient(descriptor, "wb", closefd=False)
    wrapper = _Inert if descriptor == OUT else io.TextIOWrapper  # bars of progress move the cursor
    return wrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=descriptor == ERRORS or raw.isatty(),
    )
