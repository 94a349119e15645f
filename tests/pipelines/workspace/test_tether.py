"""Whatever becomes of `huitou run`, nothing of it works on, and no release mixes two parameter sets.

A stand-in for DVC runs stages as DVC does, through a shell that inherits nothing; each stage
writes down the season that it reads.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from pipelines.workspace.lock import LOCK, STAGE, holder, one_at_a_time
from pipelines.workspace.settings import put_back
from register.errors import StoreError

ROOT = Path(__file__).parents[3]
PARAMS_YAML = Path("params.yaml")
DVC = """
import os, subprocess, sys
open("dvc.pid", "w").write(str(os.getpid()))
if os.environ.get("DVC_DIES"):
    os.kill(os.getpid(), 9)
for _ in range(200):
    stage = subprocess.Popen(["/bin/sh", "-c", f"{sys.executable} -m beat; exit $?"], close_fds=True)
    if stage.wait():
        sys.exit(255)
"""
BEAT = """
import os, time
from pipelines.workspace.stage import run_stage

def main(workspace, params):
    with open("beats", "a") as beats:
        beats.write(f"{params.season}\\n")
    if os.environ.get("STAGE_DIES"):
        os.kill(os.getpid(), 9)
    time.sleep(float(os.environ.get("BEAT", "0.2")))
    open("ends", "a").write("end\\n")

if __name__ == "__main__":
    run_stage(main)
"""
#: A shell that starts something in the background lets it ignore Ctrl-C; an officer's does not.
HUITOU = """
import signal
from pipelines.commands.command_line import main

signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup ignores it
main()
"""
RUN = [sys.executable, "-c", HUITOU, "run", "--set", "season=2024Q4"]
#: Seconds after which a test gives up waiting.
PATIENCE = 30


@pytest.fixture
def office(office):
    """An office with the stand-in beside it."""
    shutil.copy(ROOT / "capacity.csv", office)
    (office / "stand_in/dvc").mkdir(parents=True)
    (office / "stand_in/dvc/__init__.py").touch()
    (office / "stand_in/dvc/__main__.py").write_text(DVC, encoding="utf-8")
    (office / "stand_in/beat.py").write_text(BEAT, encoding="utf-8")
    return office


@pytest.fixture
def start(office):
    """Start a command in the office; whatever is left of it goes with the test."""
    started = []

    def run(command=RUN, **environment):
        told = {**os.environ, "PYTHONPATH": f"{office}/stand_in:{ROOT}", "HUITOU_TEST": str(office)}
        process = subprocess.Popen(
            command, cwd=office, env={**told, **environment}, stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield run
    for number in alive(office):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    for process in started:
        process.wait()
        process.stderr.close()


def alive(office):
    """Give the processes that were started in an office, by what stands in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"HUITOU_TEST={office}".encode() in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def until(wanted):
    """Wait for something to be so."""
    end = time.monotonic() + PATIENCE
    while not wanted():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def lines(path):
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).is_file() else []


def can_begin():
    try:
        with one_at_a_time("promote"):
            return True
    except StoreError:
        return False


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 143 - 14), (signal.SIGINT, 130)]
)
def test_a_run_that_is_asked_to_end_takes_everything_with_it_and_puts_the_parameters_back(
    office, start, number, code
):
    before = PARAMS_YAML.read_bytes()
    run = start()
    until(lambda: len(lines("beats")) > 1)
    assert PARAMS_YAML.read_bytes() != before
    assert not can_begin()
    run.send_signal(number)
    assert run.wait(PATIENCE) == code
    said = run.stderr.read().splitlines()
    assert said[-1] == "huitou: interrupted; what was finished is kept, run again to go on"
    assert can_begin()
    beats, ends = lines("beats"), lines("ends")
    assert PARAMS_YAML.read_bytes() == before
    until(lambda: alive(office) == [])
    assert (lines("beats"), lines("ends")) == (beats, ends)
    assert set(beats) == {"2024Q4"}


def test_whoever_presses_ctrl_c_again_and_again_leaves_no_less_in_order(office, start):
    before = PARAMS_YAML.read_bytes()
    run = start()
    until(lambda: len(lines("beats")) > 1)
    while run.poll() is None:
        run.send_signal(signal.SIGINT)
        time.sleep(0.01)
    assert run.returncode == 130
    assert run.stderr.read().splitlines()[-1].startswith("huitou: interrupted")
    until(can_begin)
    until(lambda: alive(office) == [])
    put_back()
    assert PARAMS_YAML.read_bytes() == before
    assert not list(office.rglob("*.tmp"))


def test_a_killed_run_leaves_nothing_that_works_under_a_freed_lock(office, start):
    """As the out-of-memory killer does it; the next command finds the workspace to itself."""
    before = PARAMS_YAML.read_bytes()
    run = start()
    until(lambda: len(lines("beats")) > 1)
    run.kill()
    run.wait()
    until(can_begin)
    beats, ends = lines("beats"), lines("ends")
    put_back()
    until(lambda: alive(office) == [])
    assert (lines("beats"), lines("ends")) == (beats, ends)
    assert set(beats) == {"2024Q4"}
    assert PARAMS_YAML.read_bytes() == before


def test_a_stage_that_outlives_run_and_dvc_is_waited_for_and_is_the_last_one(office, start):
    """Both were killed at one moment, so nobody was left to kill the stage."""
    run = start(BEAT="3")
    until(lambda: lines("beats"))
    for number in (int(Path("dvc.pid").read_text()), run.pid):
        os.kill(number, signal.SIGKILL)
    run.wait()
    until(lambda: holder() == "stage beat (its run was killed)")
    with pytest.raises(StoreError) as refusal, one_at_a_time("promote"):
        pytest.fail("beside a stage at work")
    assert str(refusal.value) == (
        f"{STAGE}: stage beat (its run was killed) is still at work; wait for it to end, then run again"
    )
    until(can_begin)
    until(lambda: alive(office) == [])
    assert (lines("beats"), lines("ends")) == (["2024Q4"], ["end"])


def test_a_stage_whose_run_has_ended_does_not_begin(office, start):
    """It was about to start when its run was killed; another command is at work by now."""
    with one_at_a_time("promote"):
        stage = start([sys.executable, "-m", "beat"], HUITOU_RUN="of-another-run")
        assert stage.wait(PATIENCE) == 6
    said = stage.stderr.read().splitlines()[-1]
    assert said == f"huitou: {LOCK}: the run that started this stage has ended; start huitou run again"
    assert lines("beats") == []


def test_parameters_changed_during_a_run_stop_it_and_stay(office, start):
    run = start()
    until(lambda: len(lines("beats")) > 1)
    edited = PARAMS_YAML.read_text(encoding="utf-8").replace("2024Q4", "2023Q3")
    PARAMS_YAML.write_text(edited, encoding="utf-8")
    assert run.wait(PATIENCE) == 2
    assert run.stderr.read().splitlines()[-1] == (
        "huitou: params.yaml: changed while its run was at work; run again with what it says now"
    )
    assert set(lines("beats")) == {"2024Q4"}
    assert PARAMS_YAML.read_text(encoding="utf-8") == edited


@pytest.mark.parametrize(
    ("dies", "said"),
    [
        ("DVC_DIES", "dvc repro was stopped by signal 9 (Killed)"),
        ("STAGE_DIES", "stage beat was stopped by the system before it could say why"),
    ],
)
def test_what_was_killed_is_named(office, start, dies, said):
    run = start(**{dies: "1"})
    assert run.wait(PATIENCE) == 6
    assert run.stderr.read().splitlines()[-1] == (
        f"huitou: {said}; nothing was published; see whether memory ran out, then run again"
    )
    assert can_begin()


def test_a_stage_started_by_hand_holds_the_workspace_itself(office, start):
    """`dvc repro` was typed; meanwhile nobody promotes or rolls back."""
    start([sys.executable, "-m", "beat"], BEAT="3")
    until(lambda: lines("beats"))
    message = r"huitou stage beat \(pid \d+ on .* is at work; wait"
    with pytest.raises(StoreError, match=message), one_at_a_time("promote"):
        pytest.fail("beside a stage at work")
    until(can_begin)
    assert lines("ends") == ["end"]
