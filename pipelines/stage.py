"""How a stage ends: done with its time, or in one line and a documented exit code."""

import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from pipelines.lock import stage_at_work
from pipelines.workspace import FAILURE
from register.atomic import write_json
from register.errors import HuitouError, StoreError


def run_stage(main: Callable[[], None]) -> None:
    """Run a stage and leave the process with its exit code.

    A failure is one line on the terminal; its code and line are also written to
    ``artifacts/failure.json``, where ``huitou run`` reads them, because DVC keeps only
    its own exit code.
    """
    name, started = Path(sys.argv[0]).stem, time.monotonic()
    tell(f"{name} ...")
    try:
        with stage_at_work(name):
            main()
    except Exception as error:  # noqa: BLE001 - the border: whatever happened becomes one line
        expected = as_huitou_error(error)
        traceback.clear_frames(error.__traceback__)  # closes progress bars, so that the line stands last
        fail(expected)
    tell(f"{name} done in {time.monotonic() - started:.1f} s")


def tell(line: str) -> None:
    """Write one line for the person who waits."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def fail(error: HuitouError) -> None:
    """Say what failed in one line and leave with its exit code."""
    write_json(FAILURE, {"exit_code": error.exit_code, "message": str(error)})
    tell(f"huitou: {error}")
    sys.exit(error.exit_code)


def as_huitou_error(error: Exception) -> HuitouError:
    """Turn an unforeseen error into one line without values, which could be personal.

    With ``HUITOU_TRACEBACK=1`` the error itself is raised, for developers.
    """
    if isinstance(error, HuitouError):
        return error
    if os.environ.get("HUITOU_TRACEBACK") == "1":
        raise error
    if isinstance(error, OSError):
        return StoreError(
            f"{error.filename or 'storage'}: {error.strerror}; check disk space and rights, then run again"
        )
    place = traceback.extract_tb(error.__traceback__)[-1]
    return HuitouError(
        f"{Path(place.filename).name} line {place.lineno}: unexpected {type(error).__name__}; "
        "repeat with HUITOU_TRACEBACK=1 and report it"
    )
