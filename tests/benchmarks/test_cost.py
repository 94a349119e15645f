"""What a command cost is told of all its processes; one that fails says why."""

import os
import subprocess
import sys

import pytest

from benchmarks.cost import Cost, cost_of, cost_of_command, quickest

#: Holds 64 MiB for a second, as a parent of a child that holds as much.
HOLD = "kept = bytearray(b'1') * 2**26; import time; time.sleep(1.2)"
BOTH = f"import subprocess as s, sys; child = s.Popen([sys.executable, '-c', {HOLD!r}]); {HOLD}; child.wait()"


def test_work_gives_its_result_and_what_it_mapped():
    cost, made = cost_of(lambda: bytearray(b"1") * 2**26)  # so much is always mapped anew
    assert len(made) == 2**26
    assert cost.faults > 0
    assert cost.processor >= cost.system >= 0


def test_the_quickest_of_several_calls_is_one_of_them():
    calls = []
    assert quickest(lambda: calls.append(1), times=4) >= 0
    assert len(calls) == 4


def test_the_memory_of_a_command_is_that_of_all_its_processes(tmp_path):
    """And not that of who waits for it, which a child inherits for a moment."""
    held_here = bytearray(b"1") * 2**28
    alone = cost_of_command([sys.executable, "-c", HOLD], tmp_path, os.environ)
    both = cost_of_command([sys.executable, "-c", BOTH], tmp_path, os.environ)
    assert alone.peak + 2**26 / 2**30 / 2 < both.peak < len(held_here) / 2**30


def test_a_command_that_fails_says_why(tmp_path):
    with pytest.raises(subprocess.CalledProcessError) as failed:
        cost_of_command([sys.executable, "-c", "import sys; sys.exit('no register')"], tmp_path, os.environ)
    assert (failed.value.returncode, failed.value.stderr) == (1, "no register\n")


def test_a_command_runs_in_its_folder_and_surroundings(tmp_path):
    code = "import os, pathlib; pathlib.Path('here').write_text(os.environ['WHO'])"
    cost = cost_of_command([sys.executable, "-c", code], tmp_path, {**os.environ, "WHO": "office"})
    assert isinstance(cost, Cost)
    assert (tmp_path / "here").read_text(encoding="utf-8") == "office"
