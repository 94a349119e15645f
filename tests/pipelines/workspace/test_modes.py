"""What is about people is their office's alone, whoever made the folder and under whichever umask."""

import os
import stat

import pytest

from pipelines.workspace.lock import one_at_a_time
from pipelines.workspace.modes import OTHERS, for_owner_alone, open_to_others
from pipelines.workspace.stage import one_line
from pipelines.workspace.workspace import Workspace
from register.atomic import write_text


@pytest.fixture
def careless(tmp_path, monkeypatch):
    """A workspace unpacked where everybody may read what is made."""
    monkeypatch.chdir(tmp_path)
    before = os.umask(0o022)
    for folder in ("artifacts", "releases", "runs", ".dvc"):
        (tmp_path / folder).mkdir()
    yield Workspace(tmp_path)
    os.umask(before)


def modes(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_whoever_works_in_a_workspace_shuts_it_first(careless):
    assert [folder.name for folder in open_to_others(careless)] == ["artifacts", "releases", "runs", ".dvc"]
    with one_at_a_time("run"):
        assert open_to_others(careless) == []


def test_whatever_a_command_writes_is_its_owners(careless):
    with one_line():
        write_text(careless.folder / "explained" / "household.json", "{}")
    written = careless.folder / "explained"
    assert [modes(written), modes(written / "household.json")] == [0o700, 0o600]


def test_the_umask_of_before_comes_back(careless):
    with for_owner_alone():
        assert os.umask(OTHERS) == OTHERS
    write_text(careless.folder / "a.txt", "")
    assert modes(careless.folder / "a.txt") == 0o644
