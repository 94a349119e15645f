"""One command at a time; the next is told who is at work, and a dead one holds nothing."""

import os
import signal
import subprocess
import sys

import pytest

from pipelines.workspace.lock import HOLDER, LOCK, one_at_a_time
from register.errors import StoreError

#: Holds the lock until it is killed.
HOLD = (
    "import sys, time\n"
    "from pipelines.workspace.lock import one_at_a_time\n"
    "with one_at_a_time('run'):\n"
    "    print('held', flush=True)\n"
    "    time.sleep(600)\n"
)


@pytest.fixture(autouse=True)
def workspace(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def holder(tmp_path):
    """A real process that holds the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_the_second_is_refused_with_the_name_of_the_first(holder):
    with pytest.raises(StoreError) as refused, one_at_a_time("rollback"):
        pytest.fail("two at once")
    said = str(refused.value)
    assert said.startswith(f"{LOCK}: huitou run (pid {holder.pid} on {os.uname().nodename}, since 20")
    assert said.endswith(") is at work; wait for it to end, then run again")
    assert refused.value.exit_code == 6


def test_a_killed_holder_holds_nothing_whatever_its_note_says(holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert HOLDER.is_file()
    with one_at_a_time("rollback"):
        assert str(os.getpid()) in HOLDER.read_text(encoding="utf-8")
    assert not HOLDER.exists()


@pytest.mark.parametrize("note", ["", "{}", "[]", None])
def test_a_lock_without_a_readable_note_still_refuses(holder, note):
    if note is None:
        HOLDER.unlink()
    else:
        HOLDER.write_text(note, encoding="utf-8")
    with pytest.raises(StoreError) as refused, one_at_a_time("run"):
        pytest.fail("two at once")
    assert str(refused.value) == (
        f"{LOCK}: another huitou command is at work; wait for it to end, then run again"
    )


def test_a_failure_frees_the_lock():
    with pytest.raises(KeyError), one_at_a_time("run"):
        raise KeyError("x")
    with one_at_a_time("run"):
        assert HOLDER.is_file()
