"""Two folders change names in one step, or nothing happens and the caller is told."""

import ctypes

import pytest

from register.exchange import exchange


@pytest.fixture
def two(tmp_path):
    for name in ("new", "old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"was_{name}").touch()
    return tmp_path / "new", tmp_path / "old"


def held(folder):
    return [path.name for path in folder.iterdir()]


def test_each_has_the_others_name(two):
    assert exchange(*two)
    assert [held(one) for one in two] == [["was_old"], ["was_new"]]


def test_what_is_not_there_is_not_exchanged(two, tmp_path):
    assert not exchange(two[0], tmp_path / "absent")
    assert held(two[0]) == ["was_new"]


def test_a_system_that_cannot_is_no_failure(two, monkeypatch):
    """An older C library, or macOS."""
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    assert not exchange(*two)
    assert [held(one) for one in two] == [["was_new"], ["was_old"]]
