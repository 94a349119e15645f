"""`huitou releases` and `huitou rollback`: what is there, what is whole, and the way back."""

from pathlib import Path

import pytest

from pipelines.workspace.parameters import load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE
from register.keys.seals import public_key
from tests.watchlists.handed_out import BOOK, released, releases_in
from tests.watchlists.release.test_manifest import of_a_newer_version, rewritten
from watchlists.release.store import REMEDY, open_release


def lines(capsys):
    return capsys.readouterr().out.splitlines()


def test_every_release_is_listed_with_what_it_was_made_from(office, huitou, capsys):
    older, newer = (released(office, season=season).folder.name for season in ("2025Q3", "2025Q4"))
    assert huitou("releases") == 0
    head, *rows, last = lines(capsys)
    assert "在用 current" in head
    assert last == f"核验公钥 public key of the seals: {public_key(releases_in(office).key_file)}"
    assert [row.split() for row in rows] == [
        [older, "2025Q3", "folder,", "register", "00000000,", "model", "-", "3", "完好", "whole"],
        [newer, "2025Q4", "folder,", "register", "00000000,", "model", "-", "3", "*", "完好", "whole"],
    ]


def test_without_a_release_the_list_says_how_to_make_one(huitou, capsys):
    assert huitou("releases") == 0
    assert lines(capsys) == ["没有发布。No release yet: run huitou run."]


def test_a_damaged_release_is_listed_as_such_and_the_exit_code_says_so(office, huitou, capsys):
    folder = released(office).folder
    (folder / BOOK).chmod(0o600)
    (folder / BOOK).write_bytes(b"")
    assert huitou("releases") == 6
    said, broken = capsys.readouterr(), Path("releases/.store") / folder.name / BOOK
    assert said.out.splitlines()[1].split() == [folder.name, "*", "损坏", "damaged"]
    assert said.err.splitlines() == [
        f"huitou: {broken}: missing, changed or not in the manifest (1 such files); {REMEDY}"
    ]


def test_a_release_of_newer_code_is_listed_as_such_and_not_called_damaged(office, huitou, capsys):
    release = released(office)
    newer = rewritten(release, office, of_a_newer_version)
    assert huitou("releases") == 6
    said = capsys.readouterr()
    assert said.out.splitlines()[1].split() == [newer.name, "*", "新版所作", "newer"]
    assert "found schema version" in said.err


@pytest.mark.parametrize("by", ["season", "name"])
def test_an_earlier_release_is_current_again_and_back(office, huitou, capsys, by):
    older, newer = released(office, season="2025Q3"), released(office, season="2025Q4")
    name = older.season if by == "season" else older.folder.name
    assert huitou("rollback", name) == 0
    assert lines(capsys) == [
        f"此前 was current: {newer.folder.name}",
        f"当前 is current:  {older.folder.name}",
    ]
    assert open_release(releases_of(HERE, load_params())).folder == older.folder
    assert open_release(releases_in(office), "2025Q4").folder == newer.folder
    assert huitou("rollback", "2025Q4") == 0
    assert open_release(releases_in(office)).folder == newer.folder


def test_a_damaged_release_never_becomes_current(office, huitou, capsys):
    older, newer = released(office, season="2025Q3"), released(office, season="2025Q4")
    (older.folder / BOOK).chmod(0o600)
    (older.folder / BOOK).write_bytes(b"")
    assert huitou("rollback", "2025Q3") == 6
    assert open_release(releases_in(office)).folder == newer.folder
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_season_that_was_never_released_is_refused_with_code_five(office, huitou, capsys):
    known = released(office).folder.name
    assert huitou("rollback", "2020Q1") == 5
    assert capsys.readouterr().err.splitlines() == [
        f"huitou: releases/2020Q1: no such release; name a season, or one of ['{known}'] (huitou releases)"
    ]
