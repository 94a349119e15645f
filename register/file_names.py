"""File names made of ids: readable in every script, one id one name, on every file system."""

import hashlib
import unicodedata
from urllib.parse import quote

#: Bytes a file system gives a name: 255. Less 55 for the longest suffix and for what
#: `register.atomic.atomic_path` puts around a name (``.NAME.PID-TOKEN.tmp``).
MOST_BYTES = 200
#: Stands before the hash of an id; itself it is always encoded, so no other name has it.
HASHED = "~"
HASH_DIGITS = 16
KEPT = frozenset("-_")
#: Windows opens a device under these names, whatever suffix follows.
DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}
)


def file_stem(place_id: str) -> str:
    """Turn an id into a file name without its suffix.

    Letters and digits of every script stay as they are; separators, control characters,
    dots, blanks and what else a file system or a shell gives a meaning are encoded as in an
    address (``%2F``). An id whose name would be too long, a device of Windows, or the same
    as another's where case or the way accents are composed do not count, ends in a hash
    of the whole id.

    Parameters
    ----------
    place_id : str
        Id of a county or township, as delivered.

    Returns
    -------
    str
        At most `MOST_BYTES` in UTF-8; different ids give different names, also to a file
        system that folds case or composes accents.

    Examples
    --------
    >>> file_stem("530901T01"), file_stem("小湾镇"), file_stem("../A")
    ('530901T01', '小湾镇', '%2E%2E%2FA')
    >>> file_stem("t01")
    't01~48ebf35d9a9cfa00'
    """
    plain = "".join(map(_encoded, place_id))
    if _stands_alone(plain):
        return plain
    digest = hashlib.sha256(place_id.encode()).hexdigest()[:HASH_DIGITS]
    room = MOST_BYTES - len(HASHED) - HASH_DIGITS
    return f"{plain.encode()[:room].decode(errors='ignore')}{HASHED}{digest}"


def folded(name: str) -> str:
    """Give what a file system that folds case and composes accents takes a name for."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _encoded(sign: str) -> str:
    readable = sign.isalnum() if sign.isascii() else sign.isprintable()
    return sign if readable or sign in KEPT else quote(sign, safe="").replace(".", "%2E").replace("~", "%7E")


def _stands_alone(name: str) -> bool:
    """Tell whether no other id has this name: it can be told from its folded form alone."""
    recovered = unicodedata.normalize("NFC", folded(name).upper())
    device = unicodedata.normalize("NFKC", name).upper() in DEVICES
    return bool(name) and name == recovered and not device and len(name.encode()) <= MOST_BYTES
