"""A password given where a file or a name belongs is refused before it is shown or kept anywhere."""

import re
from collections.abc import Sequence

from register.errors import ParamsError

#: A scheme has two letters or more, ``C:/data`` is a drive; as a path, an address has lost a slash.
ADDRESS = re.compile(r"^\s*[A-Za-z][A-Za-z0-9+.-]+:/|://")
#: ``user:password@host``, and the words before a password in the connection texts of drivers.
CREDENTIALS = re.compile(r"[^\s:@/]+:[^\s@]+@[^\s@]|\b(password|passwd|pwd)\s*=", re.IGNORECASE)
#: Where a scheduler of workers listens, alone or as ``name=value``: a host and a port hold no password.
PORT = re.compile(r"([\w.]+=)?(tcp|tls)://[\w.-]+:\d{1,5}", re.ASCII)
#: The same in a sentence, where ``time:name@office`` means no connection: that has a scheme, or ends in
#: a port or a database.
IN_WORDS = re.compile(
    r":/[^\s@]*:[^\s@]+@|[^\s:@/]+:[^\s@]+@[\w.-]+(:\d|/\w)|\b(password|passwd|pwd)\s*=", re.IGNORECASE
)
#: Options that take a sentence for people to read.
SENTENCES = ("--by", "--why", "--sign-off")


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
    if not PORT.fullmatch(text) and (ADDRESS.search(text) or CREDENTIALS.search(text)):
        raise _refusal(place)


def refuse_secrets(arguments: Sequence[str]) -> None:
    """Refuse a command line that holds a password, before anything of it is shown.

    Parameters
    ----------
    arguments : sequence of str
        An address without a password may stand anywhere; what option `SENTENCES` gives is
        a sentence, refused only for what could open a connection.

    Raises
    ------
    ParamsError

    Examples
    --------
    >>> refuse_secrets(["promote", "r1", "--why", "agreed at 10:30@office, see a:b@c"])
    >>> refuse_secrets(["check", "huitou:secret@office"])
    Traceback (most recent call last):
    ...
    register.errors.ParamsError: the command line: found an address or a password, which is not shown; write \
it to a file of its own, run chmod 600 on it, and give that file's path (docs/sources.md)
    """
    for before, argument in zip(["", *arguments], arguments, strict=False):
        is_sentence = before in SENTENCES or argument.startswith(tuple(f"{one}=" for one in SENTENCES))
        if (IN_WORDS if is_sentence else CREDENTIALS).search(argument):
            raise _refusal("the command line")


def _refusal(place: str) -> ParamsError:
    return ParamsError(
        f"{place}: found an address or a password, which is not shown; write it to a file of its own, "
        "run chmod 600 on it, and give that file's path (docs/sources.md)"
    )
