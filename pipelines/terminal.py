"""What a command says never decides how it ends: any encoding, and readers who leave early."""

import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

OUT, ERRORS = 1, 2


class _Unheard(io.FileIO):
    """A stream whose reader may leave, as `head` does: what nobody reads any more is let go."""

    def write(self, data: "ReadableBuffer") -> int:
        """Write, or take for written what has no reader."""
        try:
            return super().write(data)
        except BrokenPipeError:
            return memoryview(data).nbytes


def speak_to_any_terminal() -> None:
    r"""Let standard output and errors take every character and outlive their reader.

    A character that the terminal's encoding lacks is written as an escape (``\u56de``).
    File names are UTF-8 whatever the locale says: where Python was told otherwise
    (``PYTHONUTF8=0`` with a locale of old), it starts again in UTF-8 mode, before any work.
    """
    if sys.getfilesystemencoding() != "utf-8":
        os.environ["PYTHONUTF8"] = "1"  # for the stages
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])
    sys.stdout = _patient(sys.stdout, sys.__stdout__, OUT)
    sys.stderr = _patient(sys.stderr, sys.__stderr__, ERRORS)


def _patient(stream: TextIO | None, first: TextIO | None, descriptor: int) -> TextIO:
    """Give a stream in the place of the process's own; one that was replaced already stays."""
    if stream is None:  # closed by whoever started the command
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - open as long as the process
    if stream is not first:
        return stream
    stream.flush()
    raw = _Unheard(descriptor, "wb", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=descriptor == ERRORS or raw.isatty(),
    )
