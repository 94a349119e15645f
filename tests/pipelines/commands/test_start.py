"""`huitou start` says what lies there and what to type next; it writes only where it is told to."""

import shlex
import sys

import pytest
import yaml

from pipelines.commands.command_line import main
from pipelines.workspace.settings import parameters
from tests.parameters import copy_parameters
from tests.register.proposal import folders


@pytest.fixture(autouse=True)
def workspace(tmp_path, monkeypatch):
    copy_parameters(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def huitou(monkeypatch, *arguments):
    """Run the command as a shell would and give its exit code."""
    monkeypatch.setattr(sys, "argv", ["huitou", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code or 0


def commands(said):
    return [shlex.split(line) for line in said.splitlines() if line.startswith("    huitou ")]


def test_without_write_everything_is_printed_and_nothing_written(workspace, monkeypatch, capsys):
    panel = folders.waves(workspace / "panel")
    before = sorted(workspace.rglob("*"))
    assert huitou(monkeypatch, "start", panel) == 0
    said = capsys.readouterr().out
    assert sorted(workspace.rglob("*")) == before
    assert all(f"──── {name}" in said for name in ("mapping.yaml", "lines.csv", "settings.yaml"))
    assert commands(said)[0] == ["huitou", "start", str(panel), "--write", str(panel)]


def test_what_is_written_is_read_by_check_as_the_last_lines_say(workspace, monkeypatch, capsys):
    panel = folders.waves(workspace / "panel")
    assert huitou(monkeypatch, "start", panel, "--write", panel) == 0
    check, run = commands(capsys.readouterr().out)
    settings = yaml.safe_load((panel / "settings.yaml").read_text(encoding="utf-8"))
    assert settings["source"]["mapping"] == str(panel / "mapping.yaml")
    assert huitou(monkeypatch, *check[1:]) == 0
    assert "income                     120           120" in capsys.readouterr().out
    assignments = [word for word in run[2:] if word != "--set"]
    assert parameters(assignments).label.reading == "next_observation"


def test_elsewhere_the_line_is_to_be_moved(workspace, monkeypatch, capsys):
    panel = folders.waves(workspace / "panel")
    huitou(monkeypatch, "start", panel, "--write", "proposal")
    assert "由此移来 moved from here: proposal/lines.csv" in capsys.readouterr().out
    assert not (panel / "mapping.yaml").exists()


def test_nothing_is_ever_overwritten(workspace, monkeypatch, capsys):
    panel = folders.waves(workspace / "panel")
    (panel / "settings.yaml").write_text("mine", encoding="utf-8")
    assert huitou(monkeypatch, "start", panel, "--write", panel) == 6
    assert (
        capsys.readouterr()
        .err.strip()
        .endswith("already there and perhaps corrected by hand; choose another folder for --write")
    )
    assert not (panel / "mapping.yaml").exists()
    assert (panel / "settings.yaml").read_text(encoding="utf-8") == "mine"


def test_exports_as_described_need_no_file_but_settings(workspace, monkeypatch, capsys):
    sent = folders.office(workspace / "sent")
    assert huitou(monkeypatch, "start", sent) == 0
    said = capsys.readouterr().out
    assert "自带的 national_exports 可直接用" in said
    assert "──── mapping.yaml" not in said
    assert commands(said)[-1][:6] == [
        "huitou",
        "run",
        "--set",
        "source.kind=folder",
        "--set",
        f"source.path={sent}",
    ]


def test_a_folder_that_must_be_mended_first_gets_no_command(workspace, monkeypatch, capsys):
    (workspace / "sent").mkdir()
    (workspace / "sent/a.xls").write_bytes(b"")
    assert huitou(monkeypatch, "start", workspace / "sent") == 0
    said = capsys.readouterr().out
    assert "须先改 to be mended first" in said
    assert "下一步 next" not in said


def test_no_folder_is_one_line(workspace, monkeypatch, capsys):
    assert huitou(monkeypatch, "start", "none") == 3
    assert "no such folder" in capsys.readouterr().err
