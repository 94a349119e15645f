"""The terminal never decides how a command ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from pipelines.command_line import main; main()"]
OLD_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0"}
NARROW = {
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "strict": {"PYTHONIOENCODING": "ascii:strict"},
    "an old locale": OLD_LOCALE,
}


def run(office, *arguments, command=COMMAND, **environment):
    given = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **environment}
    return subprocess.run([*command, *arguments], cwd=office, env=given, capture_output=True, check=False)


@pytest.mark.parametrize("name", NARROW)
def test_words_that_a_terminal_lacks_come_out_as_escapes(office, name):
    done = run(office, "releases", **NARROW[name])
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"No release yet: run huitou run." in done.stdout
    assert done.stdout.startswith((rb"\u6ca1\u6709", "没有".encode()))


@pytest.mark.parametrize("arguments", [("--help",), ("doctor", "--help"), ("runs",), ("template", "凤庆县")])
def test_every_way_in_takes_a_narrow_terminal(office, arguments):
    done = run(office, *arguments, PYTHONIOENCODING="latin-1")
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_refusal_keeps_its_code_and_is_still_one_line(office):
    done = run(office, "check", "不在", PYTHONIOENCODING="latin-1")
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1].startswith(rb"huitou: \u4e0d\u5728: no such folder")


def test_files_of_chinese_names_are_written_under_a_locale_of_old(office):
    done = run(office, "template", "out", "--county", "凤庆县", **OLD_LOCALE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (office / "out" / "凤庆县" / "households.xlsx").is_file()


STAGE = "from pipelines.stage import run_stage; import tqdm, sys; run_stage(lambda: work())"
WORK = """
def work():
    for _ in tqdm.tqdm(range(2), desc="发布 publish"):
        sys.stdout.write("发布\\n" * 99_999)
"""


def test_a_stage_takes_a_narrow_terminal_too(office):
    command = [sys.executable, "-c", f"import tqdm, sys\n{WORK}\n{STAGE}"]
    done = run(office, command=command, PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert b" done in " in done.stderr


def left_early(office, command, **environment):
    """Read one line of what a command says, as `head -1` does, and leave."""
    given = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    with subprocess.Popen(
        command, cwd=office, env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    return process.returncode, said


def test_a_reader_who_leaves_early_does_not_end_the_work(office):
    """`huitou check F | head -1`: the work goes on, and its own code is what it ends with."""
    command = [sys.executable, "-c", f"import tqdm, sys\n{WORK}\n{STAGE}"]
    code, said = left_early(office, command)
    assert code == 0
    assert b"Error" not in said
    assert left_early(office, [*COMMAND, "--help"]) == (0, b"")


@pytest.mark.parametrize("stream", ["1", "2"])
def test_a_closed_stream_is_no_error(office, stream):
    shell = ["sh", "-c", f'exec "$@" {stream}>&-', "sh", *COMMAND, "releases"]
    assert run(office, command=shell).returncode == 0
