"""How a command or a stage ends: done, or in one line and a documented exit code."""

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.workspace.error_words import in_chosen_language
from pipelines.workspace.lock import stage_at_work
from pipelines.workspace.modes import for_owner_alone
from pipelines.workspace.signals import OF_SIGNALS, ended_in_order
from pipelines.workspace.stage_code import code_of, record_code
from pipelines.workspace.terminal import inert, refuse_unsaid, speak_to_any_terminal
from pipelines.workspace.workspace import HERE, Workspace
from register.atomic import write_json
from register.errors import HuitouError, Interrupted, SourceError, StoreError
from register.os_errors import message_of, number_of

if TYPE_CHECKING:
    from pipelines.workspace.parameters import Parameters

    Main = Callable[[Workspace, Parameters], None]

STOPPED = "interrupted; what was finished is kept, run again to go on"


def run_stage(main: "Main", made: Path | None = None) -> None:
    """Run a stage and leave the process with its exit code.

    A failure is one line on the terminal; its code and line are also written to
    ``artifacts/failure.json``, where ``huitou run`` reads them, because DVC keeps only
    its own exit code.

    Parameters
    ----------
    main : callable
        Does the stage's work in a workspace, under parameters.
    made : Path, optional
        The stage's folder, in which the code that made it is noted.
    """
    from pipelines.workspace.parameters import load_params  # here: a command's help need not wait for it

    main = _by_its_name(main)
    speak_to_any_terminal()
    name, started = Path(sys.argv[0]).stem, time.monotonic()
    tell(f"{name} ...")
    with one_line(HERE.failure):
        with stage_at_work(name):
            code = code_of(name) if made else {}  # as it is now: people go on writing while a stage works
            main(HERE, load_params())
            if made:
                record_code(code, made)
        refuse_unsaid()
    tell(f"{name} done in {time.monotonic() - started:.1f} s")


def _by_its_name(main: "Main") -> "Main":
    """Give a program's `main` by the name it is imported by: other processes know no other of its tasks."""
    spec = getattr(sys.modules["__main__"], "__spec__", None)
    return import_module(spec.name).main if spec and main.__module__ == "__main__" else main


@contextmanager
def one_line(note: Path | None = None) -> Iterator[None]:
    """Let whatever fails or is stopped in the block end the process in one line and its exit code.

    Parameters
    ----------
    note : Path, optional
        Where code and line are written too.
    """
    try:
        with for_owner_alone(), ended_in_order():
            yield
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the border: whatever happened becomes one line
        expected = as_huitou_error(error)
        traceback.clear_frames(error.__traceback__)  # closes progress bars, so that the line stands last
    except SystemExit as left:
        if not isinstance(left.code, int) or left.code <= OF_SIGNALS:
            raise
        expected = Interrupted(STOPPED, left.code)
        traceback.clear_frames(left.__traceback__)
    else:
        return
    _fail(expected, note)


def tell(line: str) -> None:
    """Write one line for the person who waits, its names written out where a terminal would obey them."""
    sys.stderr.write(f"{inert(line)}\n")
    sys.stderr.flush()


def _fail(error: HuitouError, note: Path | None) -> None:
    line = inert(str(error))
    try:
        if note:
            write_json(note, {"exit_code": error.exit_code, "message": line})
    except OSError:  # a disk that is full or read-only is no reason not to say why
        tell(f"warning: {note} could not be written")
    tell(f"huitou: {in_chosen_language(line, sys.stderr.encoding or 'utf-8')}")
    sys.exit(error.exit_code)


def as_huitou_error(error: BaseException) -> HuitouError:
    """Turn an unforeseen error into one line without values, which could be personal.

    With ``HUITOU_TRACEBACK=1`` the error itself is raised, for developers.
    """
    if isinstance(error, HuitouError):
        return error
    if os.environ.get("HUITOU_TRACEBACK") == "1":
        raise error
    return _known(error) or _unforeseen(error)


def _known(error: BaseException) -> HuitouError | None:
    """Tell what is no fault of this program by what it is."""
    match error:
        case KeyboardInterrupt():
            return Interrupted(STOPPED)
        case MemoryError():
            return StoreError(
                "memory: used up; close other programs or take a larger machine, then run again"
            )
        case OSError():
            return StoreError(message_of(error))
        case Exception() if _is_of_polars(error) and (number := number_of(error)):
            return StoreError(message_of(OSError(number, "")))
        case UnicodeEncodeError() if error.reason == "surrogates not allowed":
            return SourceError(
                "a file or folder name is not UTF-8; rename what was delivered, then run again"
            )
    return None


def _is_of_polars(error: BaseException) -> bool:
    """Tell without importing polars, which a command that only prints its help need not wait for."""
    polars = sys.modules.get("polars")
    return polars is not None and isinstance(error, polars.exceptions.PolarsError)


def _unforeseen(error: BaseException) -> HuitouError:
    place = traceback.extract_tb(error.__traceback__)[-1]
    return HuitouError(
        f"{Path(place.filename).name} line {place.lineno}: unexpected {type(error).__name__}; "
        "repeat with HUITOU_TRACEBACK=1 and report it"
    )
