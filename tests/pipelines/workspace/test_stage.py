"""A stage ends in one line and its documented exit code."""

import errno
import json
import os
import shutil

import polars as pl
import pytest

from pipelines.workspace.stage import run_stage
from register.atomic import write_text
from register.errors import ContractError
from register.os_errors import NEXT_STEPS
from tests.parameters import copy_parameters


@pytest.fixture(autouse=True)
def workspace(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    copy_parameters(tmp_path)
    return tmp_path


def raising(error):
    def main(*_):
        raise error

    return main


def test_an_expected_failure_is_one_line_with_its_code(workspace, capsys):
    with pytest.raises(SystemExit) as left:
        run_stage(raising(ContractError("a.csv row 2: empty; fill it")))
    assert left.value.code == 4
    assert capsys.readouterr().err.splitlines()[-1] == "huitou: a.csv row 2: empty; fill it"
    assert json.loads((workspace / "artifacts/failure.json").read_text()) == {
        "exit_code": 4,
        "message": "a.csv row 2: empty; fill it",
    }


def test_an_unforeseen_error_says_where_but_not_what_it_held(capsys):
    with pytest.raises(SystemExit) as left:
        run_stage(raising(KeyError("Li Ming 532101")))
    said = capsys.readouterr().err
    assert left.value.code == 1
    assert "Li Ming" not in said
    assert "unexpected KeyError; repeat with HUITOU_TRACEBACK=1 and report it" in said


def test_a_developer_may_ask_for_the_traceback(monkeypatch):
    monkeypatch.setenv("HUITOU_TRACEBACK", "1")
    with pytest.raises(KeyError):
        run_stage(raising(KeyError("x")))


FULL = "No space left on device; make room on that disk, then run again"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (OSError(errno.ENOSPC, "", "artifacts/x"), f"artifacts/x: {FULL}"),
        (OSError(errno.ENOSPC, "", "aside", None, "artifacts/x"), f"artifacts/x: {FULL}"),
        (OSError("No space left on device (os error 28)"), f"storage: {FULL}"),
        (OSError("Error writing bytes. Detail: [errno 28] No space left"), f"storage: {FULL}"),
        (pl.exceptions.ComputeError("No space left on device (os error 28)"), f"storage: {FULL}"),
        (shutil.Error([("a", "b", "[Errno 28] No space left on device: 'b'")]), f"storage: {FULL}"),
        (
            OSError(errno.ENAMETOOLONG, "", "cards/x"),
            (
                "cards/x: File name too long; "
                "shorten the names, or work in a folder nearer to the root, then run again"
            ),
        ),
        (
            OSError(errno.EROFS, "", "x"),
            "x: Read-only file system; work in a folder that may be written to, then run again",
        ),
        (
            OSError(errno.EPERM, "", "x"),
            (
                "x: Operation not permitted; "
                "ask whoever owns it for the right to read and write there, then run again"
            ),
        ),
        (
            FileNotFoundError("x"),
            (
                "storage: No such file or directory; "
                "check its name, or put back what was moved or removed, then run again"
            ),
        ),
        (
            OSError(errno.ENOTEMPTY, "", "x"),
            "x: Directory not empty; another program writes there; close it, then run again",
        ),
        (OSError("the socket is odd"), "storage: OSError; run again; if it stays, report it"),
        (MemoryError(), "memory: used up; close other programs or take a larger machine, then run again"),
    ],
)
def test_what_the_system_refused_is_told_by_what_it_is(capsys, error, line):
    """A name that was too long was told as a full disk or missing rights, which it was neither."""
    with pytest.raises(SystemExit) as left:
        run_stage(raising(error))
    assert left.value.code == 6
    assert capsys.readouterr().err.splitlines()[-1] == f"huitou: {line}"


def test_every_number_has_a_step_of_its_own():
    assert all(step and "check disk space and rights" not in step for step in NEXT_STEPS.values())
    assert len(set(NEXT_STEPS.values())) > 15


def test_a_name_that_is_no_utf8_is_told_as_one(workspace, capsys):
    """A folder that was packed on another system: its bytes are no text."""
    named = os.fsdecode(b"\xb7\xef\xc7\xec")
    with pytest.raises(SystemExit) as left:
        run_stage(lambda *_: write_text(workspace / "a.txt", named))
    assert left.value.code == 3
    assert "huitou: a file or folder name is not UTF-8; rename what was delivered" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("sign", "shown"), [("\udcff", "\\udcff"), ("\x1b[2J", "\\x1b[2J"), ("\u202e", "\\u202e")]
)
def test_what_no_terminal_should_obey_is_written_out(workspace, capsys, sign, shown):
    """A file's name may clear the screen, turn the line around, or be no text at all."""
    with pytest.raises(SystemExit) as left:
        run_stage(raising(ContractError(f"{sign}.csv: empty; fill it")))
    assert left.value.code == 4
    assert json.loads((workspace / "artifacts/failure.json").read_text())["exit_code"] == 4
    assert capsys.readouterr().err.splitlines()[-1] == f"huitou: {shown}.csv: empty; fill it"


def test_a_failure_that_cannot_be_noted_is_said_all_the_same(workspace, capsys):
    (workspace / "artifacts/failure.json").mkdir(parents=True)  # a folder where the file belongs
    with pytest.raises(SystemExit) as left:
        run_stage(raising(ContractError("a.csv row 2: empty; fill it")))
    assert left.value.code == 4
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "warning: artifacts/failure.json could not be written",
        "huitou: a.csv row 2: empty; fill it",
    ]


def test_an_interruption_is_one_line(capsys):
    with pytest.raises(SystemExit) as left:
        run_stage(raising(KeyboardInterrupt()))
    assert left.value.code == 130
    said = capsys.readouterr().err.splitlines()[-1]
    assert said == "huitou: interrupted; what was finished is kept, run again to go on"
