"""Two machines that share a folder: each has a mount of its own, and counts its processes for itself.

Where the system lets a test mount, each machine is a namespace of its own with a bind mount of the
folder; elsewhere the second way into it is a link.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: A namespace of its own: whoever is in it may mount, and its first process has the number 1.
MACHINE = ("unshare", "--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child", "--")
MOUNTED = 'mount --bind "$1" "$2" && shift 2 && exec "$@"'
LINKED = 'rmdir "$2" && ln -s "$1" "$2" && shift 2 && exec "$@"'

WRITE = """
import sys
from pathlib import Path
from register.atomic import write_json
for number in range(int(sys.argv[2])):
    write_json(Path(sys.argv[1]) / "scores.json", {"number": number, "rows": ["x" * 50] * 400})
"""
HOLD = """
import sys
from pathlib import Path
from pipelines.workspace.flock import locked
with locked(Path(sys.argv[1]) / ".run.lock") as descriptor:
    print("held" if descriptor is not None else "refused", flush=True)
    sys.stdin.read()
"""


def may_mount():
    try:
        done = subprocess.run([*MACHINE, "mount", "--bind", "/tmp", "/tmp"], capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0


@pytest.fixture(scope="module")
def in_namespaces():
    return may_mount()


@pytest.fixture
def machine(tmp_path, in_namespaces):
    """Start code on another machine, whose way into the shared folder is its first argument."""
    (tmp_path / "shared").mkdir()
    started = []

    def start(code, *arguments):
        mount = tmp_path / f"mount{len(started)}"
        mount.mkdir()
        shell = ["sh", "-c", MOUNTED if in_namespaces else LINKED, "sh", tmp_path / "shared", mount]
        command = [*(MACHINE if in_namespaces else ()), *shell, sys.executable, "-c", code, mount, *arguments]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        started.append(subprocess.Popen(command, cwd=ROOT, text=True, **pipes))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_file_that_one_machine_replaces_is_whole_on_the_other(machine, tmp_path):
    writer, target = machine(WRITE, "60"), tmp_path / "shared" / "scores.json"
    numbers = []
    while writer.poll() is None:
        if target.exists():
            read = json.loads(target.read_text(encoding="utf-8"))
            assert len(read["rows"]) == 400
            numbers.append(read["number"])
    assert (writer.returncode, numbers) == (0, sorted(numbers)), writer.stderr.read()


def test_two_machines_whose_processes_have_one_number_write_one_file_side_by_side(machine, tmp_path):
    """A shard tried again where its first worker was only slow: both wrote `.scores.json.1.tmp`."""
    writers = [machine(WRITE, "200") for _ in range(2)]
    errors = [writer.communicate()[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], errors
    assert json.loads((tmp_path / "shared" / "scores.json").read_text(encoding="utf-8"))["number"] == 199
    assert [one.name for one in (tmp_path / "shared").iterdir()] == ["scores.json"]


def test_a_lock_held_on_one_machine_is_held_on_the_other_until_its_holder_dies(machine):
    holder = machine(HOLD)
    assert holder.stdout.readline() == "held\n"
    assert machine(HOLD).stdout.readline() == "refused\n"
    holder.kill()  # with it dies all that runs on its machine
    holder.communicate()
    assert machine(HOLD).stdout.readline() == "held\n"
