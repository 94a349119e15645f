"""Who belongs to a process, and what they hold."""

import os
import subprocess
import sys
import time

from benchmarks.memory import MemoryWatch, family, held, most_held

WAIT = "import sys; sys.stdin.read()"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {WAIT!r}])"


def test_a_family_is_a_process_its_children_and_theirs():
    with subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE) as parent:
        while len(family(parent.pid)) < 2:
            time.sleep(0.01)
        assert parent.pid in family(parent.pid) <= family(os.getpid())
        parent.stdin.close()


def test_a_process_holds_something_until_it_has_ended_and_never_more_than_it_ever_did():
    waiting = f"print(flush=True); {WAIT}"  # once it has said something it has begun, and grows no more
    with subprocess.Popen(
        [sys.executable, "-c", waiting], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        assert most_held(process.pid) > held(process.pid) > 0
        process.stdin.close()
    assert most_held(process.pid) == held(process.pid) == 0


def test_a_watch_keeps_the_most_it_saw():
    with MemoryWatch(os.getpid()) as watch:
        time.sleep(0.7)
    assert watch.most > 0
