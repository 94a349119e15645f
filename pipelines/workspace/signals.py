"""Asked to end, a command ends like any other failure: what was begun is undone, then it says so."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: Of a shell, the exit code of what a signal ended: 128 and the signal's number.
OF_SIGNALS = 128
#: Ctrl-C, `kill`, and a terminal that closes.
ASKING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: What stands there where nobody chose; a request that is ignored (nohup) stays ignored.
UNCHOSEN = (signal.SIG_DFL, signal.default_int_handler)

#: Who asks for it waits for nothing that could be interrupted.
HELP = "--help"


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Let the first request to end raise; one more, while what was begun is undone, changes nothing.

    Raises
    ------
    SystemExit
        With 130 for Ctrl-C, 143 for SIGTERM and 129 for SIGHUP.
    """
    if HELP not in sys.argv:
        # When first imported it takes Ctrl-C for itself and wakes nobody who waits: ours must come after.
        import polars  # noqa: F401
    before = {one: signal.getsignal(one) for one in ASKING}
    for one, act in before.items():
        if act in UNCHOSEN:
            signal.signal(one, _end)
    try:
        yield
    finally:
        for one in ASKING:
            if signal.getsignal(one) is _end:
                signal.signal(one, before[one])


def _end(number: int, _: FrameType | None) -> None:
    for one in ASKING:
        if signal.getsignal(one) is _end:
            signal.signal(one, signal.SIG_IGN)  # to the end of the process, where Python lets go of ours
    sys.exit(OF_SIGNALS + number)
