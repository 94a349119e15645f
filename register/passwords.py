"""A password given where a file or a name belongs is refused before it is shown or kept anywhere."""

import re

from register.errors import ParamsError

#: A scheme has two letters or more, ``C:/data`` is a drive; as a path, an address has lost a slash.
ADDRESS = re.compile(r"^\s*[A-Za-z][A-Za-z0-9+.-]+:/|://")
#: ``user:password@host``, and the words before a password in the connection texts of drivers.
CREDENTIALS = re.compile(r"[^\s:@/]+:[^\s@]+@[^\s@]|\b(password|passwd|pwd)\s*=", re.IGNORECASE)


def refuse_password(text: str, place: str) -> None:
    """Refuse an address or anything else that may hold a password.

    Parameters
    ----------
    text : str
    place : str
        What was given, for the message; the text itself is in none.

    Raises
    ------
    ParamsError

    Examples
    --------
    >>> refuse_password("/etc/huitou/url", "source.path")
    >>> refuse_password("postgresql://huitou:secret@host/name", "source.path")
    Traceback (most recent call last):
    ...
    register.errors.ParamsError: source.path: found an address or a password, which is not shown; write it \
to a file of its own, run chmod 600 on it, and give that file's path (docs/sources.md)
    """
    if ADDRESS.search(text) or CREDENTIALS.search(text):
        raise _refusal(place)


def refuse_credentials(text: str, place: str) -> None:
    """Refuse what holds a password for certain; free text may name an address without one.

    Raises
    ------
    ParamsError
    """
    if CREDENTIALS.search(text):
        raise _refusal(place)


def _refusal(place: str) -> ParamsError:
    return ParamsError(
        f"{place}: found an address or a password, which is not shown; write it to a file of its own, "
        "run chmod 600 on it, and give that file's path (docs/sources.md)"
    )
