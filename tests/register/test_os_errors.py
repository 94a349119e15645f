"""What the system refuses is told by what it is, wherever a file is read."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.errors import SourceError, StoreError
from register.keys.seals import read_sealed, write_sealed
from register.os_errors import ELSE, NEXT_STEPS, message_of, number_of
from register.sources.eph.files import _header
from register.sources.intake import read_whole


@pytest.fixture
def guarded(tmp_path, monkeypatch):
    """A file that may be seen and not read: not even root may be let through by a test."""
    path = tmp_path / "income.csv"
    path.write_text("household_id\n")

    def refuse(place, *arguments, **named):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    return path


def rights(path):
    return f"{path}: Permission denied; {NEXT_STEPS[errno.EACCES]}"


def test_a_delivered_file_that_may_not_be_read_is_told_as_such(guarded):
    with pytest.raises(SourceError) as refused:
        read_whole(guarded)
    assert str(refused.value) == rights(guarded)


def test_a_survey_file_that_may_not_be_read_is_not_called_cut_short(guarded):
    with pytest.raises(SourceError) as refused:
        _header(guarded)
    assert str(refused.value) == rights(guarded)


def test_a_sealed_file_that_may_not_be_read_is_not_called_damaged(tmp_path, monkeypatch):
    write_sealed(tmp_path / "manifest.json", {}, tmp_path / "seal.key", "release")
    real = Path.read_bytes

    def refuse(path):
        if path.name == "manifest.json":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(StoreError) as refused:
        read_sealed(tmp_path / "manifest.json", tmp_path / "seal.key", "publish again", "release")
    assert str(refused.value) == rights(tmp_path / "manifest.json")


@given(st.integers(1, 133), st.text(min_size=1))
def test_every_number_is_told_in_one_line_with_the_place_and_a_step(number, place):
    line = message_of(OSError(number, "", place))
    assert line == f"{place}: {os.strerror(number)}; {NEXT_STEPS.get(number, ELSE)}"
    assert number_of(ValueError(f"could not write (os error {number})")) == number


@pytest.mark.parametrize("name", [None, 7, b"a", Path("a"), "a"])
def test_a_place_of_any_kind_is_named_or_left_out(name):
    place = "storage" if name in (None, 7) else "a"
    assert message_of(OSError(errno.EIO, "", name)).startswith(
        f"{place}: Input/output error; look at the disk"
    )
