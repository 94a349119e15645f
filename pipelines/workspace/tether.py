"""DVC on a tether: however the command that started it ends, DVC and its stages end too."""

import os
import runpy
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

from pipelines.workspace.lock import RUN, Held, wait_for_stage
from pipelines.workspace.parameters.files import PARAMS_SHA256, digests


class TetheredDvc:
    """DVC as a command that holds the workspace runs it.

    It inherits the lock, and one end of a pipe that nobody writes to: when this process
    dies, the other end closes, and DVC's process group kills itself. Its stages are told
    which run they belong to and what its parameters hash to: under another run, or with
    other parameters, none of them works.

    Parameters
    ----------
    held : Held
        The lock to work under; the parameter files must say by now what the run was given.
    """

    def __init__(self, held: Held) -> None:
        self._held = held
        scripts, path = str(Path(sys.executable).parent), os.environ.get("PATH", "")
        self._environment = {
            **os.environ,
            "PATH": f"{scripts}{os.pathsep}{path}",
            RUN: held.token,
            PARAMS_SHA256: digests(),
        }

    def run(self, *arguments: str) -> int:
        """Run a DVC command and give its exit code; of a signal that ended it the negative number.

        When this process is asked to end, DVC and the stage at work are killed first.
        """
        theirs, ours = os.pipe()
        try:
            return self._run(theirs, arguments)
        finally:
            os.close(theirs)
            os.close(ours)

    def _run(self, pipe: int, arguments: tuple[str, ...]) -> int:
        dvc = subprocess.Popen(
            [sys.executable, "-m", "pipelines.workspace.tether", str(pipe), *arguments],
            env=self._environment,
            pass_fds=(pipe, self._held.descriptor),
            process_group=0,
            stdin=subprocess.DEVNULL,  # a group in the background that reads a terminal is stopped
        )
        try:
            os.waitid(os.P_PID, dvc.pid, os.WEXITED | os.WNOWAIT)
        finally:
            os.killpg(dvc.pid, signal.SIGKILL)  # not reaped yet, so the number is still its own
            wait_for_stage()
            dvc.wait()
        return dvc.returncode


def main() -> None:
    """Be DVC, and watch the pipe."""
    pipe = int(sys.argv.pop(1))
    Thread(target=_end_with, args=(pipe,), daemon=True).start()
    runpy.run_module("dvc", run_name="__main__", alter_sys=True)


def _end_with(pipe: int) -> None:
    os.read(pipe, 1)
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    main()
