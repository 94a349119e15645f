"""`huitou prune` removes what is older than a season, and never what lists or may list."""

import subprocess
import sys

import pytest

from pipelines.workspace.champion import championship_of, store_of
from pipelines.workspace.events import kept_events
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.atomic import write_text
from tests.watchlists.handed_out import BOOK, released, releases_in
from watchlists.release.store import CURRENT, open_release, point

WHO = ("--by", "Li Wei", "--why", "three years have passed")


@pytest.fixture
def office(office):
    """An office whose copies DVC keeps."""
    subprocess.run([sys.executable, "-m", "dvc", "init", "--no-scm", "--quiet"], check=True, cwd=office)
    return office


def stored_names(office):
    return {path.name for path in releases_in(office).store.iterdir()}


def test_releases_before_a_season_go_with_their_links(office, huitou, capsys):
    older, newer = released(office, season="2024Q3"), released(office, season="2025Q4")
    assert huitou("prune", "2025Q1", *WHO) == 0
    assert f"已删除 removed: {older.folder.name}" in capsys.readouterr().out
    assert stored_names(office) == {newer.folder.name}
    assert not (office / "releases" / "2024Q3").is_symlink()
    (event,) = kept_events(HERE, load_params())
    assert (event["what"], event["by"], event["removed"]) == ("prune", "Li Wei", [older.folder.name])


def test_the_release_in_use_stays_whatever_its_season(office, huitou):
    older = released(office, season="2024Q3")
    newer = released(office, season="2025Q4")
    point(office / "releases" / CURRENT, older.folder)
    assert huitou("prune", "2026Q1", *WHO) == 0
    assert stored_names(office) == {older.folder.name}
    assert newer.folder.name != older.folder.name
    assert open_release(releases_in(office)).folder == older.folder


def test_where_the_release_in_use_is_damaged_nothing_is_removed(office, huitou, capsys):
    older, newer = released(office, season="2024Q3"), released(office, season="2025Q4")
    (newer.folder / BOOK).chmod(0o600)
    (newer.folder / BOOK).write_bytes(b"")
    assert huitou("prune", "2025Q1", *WHO) == 6
    assert stored_names(office) == {older.folder.name, newer.folder.name}


def test_a_run_that_was_promoted_stays_and_another_goes(office, huitou):
    released(office)
    params = load_params()
    kept, gone = (
        store_of(HERE, params).add(
            "2024Q3", lambda folder, text=text: write_text(folder / "a.txt", text), {}, "2024-10-01"
        )
        for text in ("promoted", "not")
    )
    task = {"source_kind": "folder"}
    championship_of(HERE, params).decide(
        {"action": "promoted", "task": task, "run": kept.folder.name, "model_sha256": "0", "season": "2024Q3"}
        | {"by": "Li", "why": "better", "at": "2024-10-02"}
    )
    assert huitou("prune", "2025Q1", *WHO) == 0
    assert kept.folder.is_dir()
    assert not gone.folder.exists()


@pytest.mark.parametrize("who", [("--by", " ", "--why", "old"), ("--by", "Li", "--why", "")])
def test_nobody_removes_without_a_name_and_a_reason(office, huitou, capsys, who):
    released(office, season="2024Q3")
    assert huitou("prune", "2025Q1", *who) == 2
    assert "allowed are a name and a reason" in capsys.readouterr().err
