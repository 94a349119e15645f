"""Passwords of files: typed unseen at the terminal or kept in a file, never on the command line."""

import getpass
import sys
from pathlib import Path

from register.errors import ParamsError
from register.sources.intake import read_whole

PROMPT = "文件密码 password of the files: "
AGAIN = "再输入一次 type it again: "
#: Excel takes no longer one.
MOST_SIGNS = 255


def file_passwords(*, ask: bool, kept_in: Path | None) -> list[str]:
    """Collect what protected files may open with.

    Parameters
    ----------
    ask : bool
        Ask at the terminal, once for all files.
    kept_in : Path, optional
        A file of its owner alone, a password a line.

    Raises
    ------
    ParamsError
        When others may read the file, it holds none or is no text, or nobody sits at the
        terminal.
    SourceError
        When the file cannot be read.
    """
    return [*(_kept(kept_in) if kept_in else []), *([_typed()] if ask else [])]


def new_password(*, ask: bool, kept_in: Path | None) -> str | None:
    """Take the one password that files are to be locked with; None where none is wanted.

    Parameters
    ----------
    ask : bool
        Ask at the terminal, twice: a slip would lock out whoever gets them.
    kept_in : Path, optional
        A file of its owner alone with one line.

    Raises
    ------
    ParamsError
        As `file_passwords`; or when there is more than one, it is too long, or typed otherwise
        the second time.
    SourceError
        When the file cannot be read.
    """
    passwords = file_passwords(ask=ask, kept_in=kept_in)
    if len(passwords) > 1:
        raise ParamsError(
            f"--password: found {len(passwords)} passwords, allowed is one to lock files with; type it or "
            "write it as the only line of the file"
        )
    for password in passwords:
        if len(password) > MOST_SIGNS:
            raise ParamsError(
                f"--password: found {len(password)} signs, allowed are {MOST_SIGNS}; take a shorter one"
            )
    if ask and getpass.getpass(AGAIN) != passwords[0]:
        raise ParamsError("--password: typed otherwise the second time; run again")
    return next(iter(passwords), None)


def _kept(path: Path) -> list[str]:
    raw = read_whole(path)
    if path.stat().st_mode & 0o077:
        raise ParamsError(f"{path}: others may read these passwords; run chmod 600 on it")
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = []
    passwords = [line for line in lines if line]
    if not passwords:
        raise ParamsError(f"{path}: holds no password; write one a line, as UTF-8 text")
    return passwords


def _typed() -> str:
    if not sys.stdin.isatty():
        raise ParamsError(
            "--password: no terminal to ask at; write the password to a file of its own, run chmod 600 on "
            "it, and give --password-file"
        )
    if password := getpass.getpass(PROMPT):
        return password
    raise ParamsError("--password: nothing was typed; run again and type the password of the files")
