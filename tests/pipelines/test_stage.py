"""A stage ends in one line and its documented exit code."""

import json

import pytest

from pipelines.stage import run_stage
from register.errors import ContractError


@pytest.fixture(autouse=True)
def workspace(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def raising(error):
    def main():
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


def test_a_full_disk_is_named_with_what_to_do(capsys):
    with pytest.raises(SystemExit) as left:
        run_stage(raising(OSError(28, "No space left on device", "artifacts/x")))
    assert left.value.code == 6
    assert capsys.readouterr().err.splitlines()[-1] == (
        "huitou: artifacts/x: No space left on device; check disk space and rights, then run again"
    )
