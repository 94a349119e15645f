"""The terminal never decides how a command ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-c", "from pipelines.commands.command_line import main; main()"]
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


#: A command that takes its time over a file. A shell lets what it starts in the background ignore Ctrl-C.
STOPPED = """
import signal, sys, time
from pathlib import Path
from pipelines.commands import command_line
from pipelines.commands import template
from register.atomic import atomic_path

def writing(folder, county):
    with atomic_path(folder / "households.xlsx") as aside:
        aside.write_text("half")
        sys.stderr.write("writing\\n")
        sys.stderr.flush()
        time.sleep(60)

signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup ignores it
template.write_templates = writing
sys.argv = ["huitou", "template", "out"]
command_line.main()
"""
STAGE = "from pipelines.workspace.stage import run_stage; import tqdm, sys; run_stage(lambda *_: work())"
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


def test_no_name_moves_the_cursor_or_turns_a_line_around(office):
    """A folder called so that it clears the screen, sets the window's title and turns what follows around."""
    name = "a\x1b[2J\x1b]0;x\x07\x9b1m\u202eb"
    (office / name).mkdir()
    for arguments in (("check", name), ("template", f"{name}/out"), ("lookback", f"{name}/x.xlsx")):
        done = run(office, *arguments)
        said = (done.stdout + done.stderr).decode()
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(said)
        assert "a\\x1b[2J\\x1b]0;x\\x07\\x9b1m\\u202eb" in said


@pytest.mark.parametrize("stream", ["1", "2"])
def test_a_closed_stream_is_no_error(office, stream):
    shell = ["sh", "-c", f'exec "$@" {stream}>&-', "sh", *COMMAND, "releases"]
    assert run(office, command=shell).returncode == 0


def with_full_disk(office, *arguments, stream):
    """Write a stream to a disk that takes no byte more."""
    shell = ["bash", "-c", f'ulimit -f 0; exec "$@" {stream}>kept', "bash", *COMMAND, *arguments]
    return run(office, command=shell, PYTHONDONTWRITEBYTECODE="1")


@pytest.mark.parametrize("command", [("releases",), ("--help",)])
def test_words_lost_on_a_full_disk_are_told_and_are_no_success(office, command):
    """`huitou explain X > page.html` left an empty page, a traceback and exit code 120."""
    done = with_full_disk(office, *command, stream=1)
    assert done.returncode == 6
    assert done.stderr.decode().splitlines()[-1] == (
        "huitou: standard output, the work is done but what it had to say is lost: File too large; "
        "work on a file system that takes files of this size, then run again"
    )


def test_a_workbook_that_finds_no_room_is_one_line_that_names_it(office):
    """Ten lines of XlsxWriter's own stood before it, and no path in it."""
    shell = ["bash", "-c", 'ulimit -f 2; exec "$@"', "bash", *COMMAND, "template", "out"]
    done = run(office, command=shell, PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 6
    assert done.stderr.decode().splitlines() == [
        (
            "huitou: out/说明.xlsx: File too large; "
            "work on a file system that takes files of this size, then run again"
        )
    ]
    assert list((office / "out").iterdir()) == []


@pytest.mark.parametrize(("command", "code"), [(("releases",), 0), (("check", "nowhere"), 3), (("nix",), 2)])
def test_errors_that_nobody_can_be_told_keep_their_code(office, command, code):
    assert with_full_disk(office, *command, stream=2).returncode == code


def test_what_stops_a_command_stands_on_a_line_of_its_own(office):
    """It was glued to a progress bar, which was drawn once more after it."""
    (office / "d/C1").mkdir(parents=True)
    (office / "d/C1/villages.csv").write_text("village_id\n", encoding="utf-8")
    done = run(office, "check", "d")
    assert done.returncode == 4
    (said,) = [line for line in done.stderr.decode().splitlines() if "huitou: " in line]
    assert said.startswith("huitou: 4 ")


def test_a_closed_input_is_not_taken_for_the_next_file(office):
    shell = ["sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-c"]
    speak = "from pipelines.workspace.terminal import speak_to_any_terminal as s; s(); "
    probe = f"{speak}print(open('x', 'w').fileno())"
    assert int(run(office, probe, command=shell).stdout) > 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whoever_stops_a_command_reads_one_line_and_nothing_is_left_half_written(office, number):
    command = [sys.executable, "-c", STOPPED]
    given = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=office, env=given, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr.readline() == "writing\n"
        process.send_signal(number)
        said = process.stderr.read()
    assert process.returncode == 128 + number
    assert set(said.splitlines()) - {"writing"} == {
        "huitou: interrupted; what was finished is kept, run again to go on"
    }
    assert [path.name for path in (office / "out").iterdir()] == []
