"""Passwords are typed unseen or lie in a file of one's own; none is taken from a command line or repeated."""

import getpass
import sys

import pytest

from pipelines.commands.file_passwords import file_passwords, new_password
from register.errors import ParamsError


@pytest.fixture
def kept(tmp_path):
    path = tmp_path / "passwords"
    path.write_text("回头 1\n\nsecond\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def test_a_file_gives_one_a_line(kept):
    assert file_passwords(ask=False, kept_in=kept) == ["回头 1", "second"]
    assert file_passwords(ask=False, kept_in=None) == []


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\xff\xfe\x00"])
def test_a_file_without_any_is_refused(kept, raw):
    kept.write_bytes(raw)
    with pytest.raises(ParamsError) as refused:
        file_passwords(ask=False, kept_in=kept)
    assert str(refused.value) == f"{kept}: holds no password; write one a line, as UTF-8 text"


def test_a_file_that_others_may_read_is_refused(kept):
    kept.chmod(0o640)
    with pytest.raises(ParamsError) as refused:
        file_passwords(ask=False, kept_in=kept)
    assert str(refused.value) == f"{kept}: others may read these passwords; run chmod 600 on it"


def sit_at_a_terminal(monkeypatch, typed, *, there=True):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: there, raising=False)
    monkeypatch.setattr(getpass, "getpass", lambda _: typed)


def test_what_is_typed_comes_after_what_is_kept(monkeypatch, kept):
    sit_at_a_terminal(monkeypatch, "typed")
    assert file_passwords(ask=True, kept_in=kept) == ["回头 1", "second", "typed"]


NOBODY = (
    "--password: no terminal to ask at; write the password to a file of its own, run chmod 600 on "
    "it, and give --password-file"
)
NOTHING = "--password: nothing was typed; run again and type the password of the files"


@pytest.mark.parametrize(("there", "said"), [(False, NOBODY), (True, NOTHING)])
def test_nothing_typed_or_nobody_there_is_refused(monkeypatch, there, said):
    sit_at_a_terminal(monkeypatch, "", there=there)
    with pytest.raises(ParamsError) as refused:
        file_passwords(ask=True, kept_in=None)
    assert str(refused.value) == said


def test_to_lock_files_with_one_password_is_enough(monkeypatch, tmp_path):
    alone = tmp_path / "one"
    alone.write_text("回头 1\n", encoding="utf-8")
    alone.chmod(0o600)
    assert new_password(ask=False, kept_in=None) is None
    assert new_password(ask=False, kept_in=alone) == "回头 1"
    sit_at_a_terminal(monkeypatch, "typed")
    assert new_password(ask=True, kept_in=None) == "typed"


def test_of_several_none_locks_files(kept):
    with pytest.raises(ParamsError) as refused:
        new_password(ask=False, kept_in=kept)
    assert str(refused.value) == (
        "--password: found 2 passwords, allowed is one to lock files with; type it or write it as the only "
        "line of the file"
    )


def test_one_that_no_office_program_takes_is_refused(kept):
    kept.write_text("x" * 256)
    with pytest.raises(ParamsError) as refused:
        new_password(ask=False, kept_in=kept)
    assert str(refused.value) == "--password: found 256 signs, allowed are 255; take a shorter one"


def test_a_slip_locks_nobody_out(monkeypatch):
    typed = iter(["secret", "secrte"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", lambda _: next(typed))
    with pytest.raises(ParamsError) as refused:
        new_password(ask=True, kept_in=None)
    assert str(refused.value) == "--password: typed otherwise the second time; run again"
