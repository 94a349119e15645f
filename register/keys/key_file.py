"""Secret keys: one file each, for its owner's eyes only, never beside the data."""

import hashlib
import os
import secrets
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from pathlib import Path

from register.atomic import flush
from register.errors import StoreError
from register.keys.published import PUBLISHED_KEY

KEY_BYTES = 32
#: Stands for the key of what was made before manifests noted its id.
UNNOTED = "unnoted"


def key_id(key: bytes) -> str:
    """Name a key without telling it: 8 hex digits of its sha256."""
    return hashlib.sha256(key).hexdigest()[:8]


#: Nothing that was made under it binds anybody to a key: it is at hand everywhere.
PUBLISHED_ID = key_id(PUBLISHED_KEY)


def load_key(path: Path) -> bytes:
    """Read a key that was made before.

    Parameters
    ----------
    path : Path
        ``~`` is expanded.

    Returns
    -------
    bytes

    Raises
    ------
    StoreError
        When there is none, others may read it, it is too short to be one, or everybody knows it.
    """
    place = path.expanduser()
    if not place.is_file():
        raise StoreError(f"{place}: no key found; restore it from its safe copy")
    _sweep(place)
    if place.stat().st_mode & 0o077:
        raise StoreError(
            f"{place}: others may read this key; run chmod 600 on it, and ask the data "
            "protection officer whether a new key is due"
        )
    key = place.read_bytes()
    if len(key) < KEY_BYTES:
        raise StoreError(
            f"{place}: found {len(key)} bytes, a key has at least {KEY_BYTES}; restore it from its safe copy"
        )
    if key == PUBLISHED_KEY:
        raise StoreError(
            f"{place}: found the published key of invented data, which hides nobody; restore this place's "
            "own key from its safe copy, or remove the file if nothing was ever made under another"
        )
    return key


def make_key(path: Path) -> bytes:
    """Read a key, making it where there is none; of several that make one at once all get the same.

    Parameters
    ----------
    path : Path
        A new key gets mode 0600, its folder 0700.

    Returns
    -------
    bytes

    Raises
    ------
    StoreError
        As `load_key` does.
    """
    place = path.expanduser()
    if not place.exists():
        _make(place)
    return load_key(place)


def key_in_use(path: Path, made_under: Collection[str], given_up: AbstractSet[str], loss: str) -> bytes:
    """Read the key that earlier data were made under; make one only where nothing was made yet.

    Parameters
    ----------
    path : Path
    made_under : collection of str
        `key_id` of the keys of what exists; `UNNOTED` for what was made before ids were noted,
        `PUBLISHED_ID`, which binds nobody, for invented data.
    given_up : set of str
        Those of them that a person has given up (``privacy.given_up_keys``).
    loss : str
        What giving it up costs, for the message.

    Returns
    -------
    bytes

    Raises
    ------
    StoreError
        When the key is missing or another one, such as on another machine or in another HOME.
    """
    place, binding = path.expanduser(), set(made_under) - {PUBLISHED_ID}
    if not binding or not given_up.isdisjoint(binding):
        return make_key(place)
    key = load_key(place) if place.is_file() else None
    noted = sorted(binding - {UNNOTED})
    if key is None or (noted and key_id(key) not in noted):
        raise StoreError(
            f"{place}: found {f'key {key_id(key)}' if key else 'no key'}, what exists here was made under "
            f"{'key ' + ' or '.join(noted) if noted else 'one'} (another HOME or machine, or the "
            "file was lost): copy that key's file here from there or from its safe copy; or "
            f"{loss} by adding '{noted[-1] if noted else UNNOTED}' to privacy.given_up_keys in params.yaml"
        )
    return key


def _make(place: Path) -> None:
    """Link the finished key to its name, which fails where another process was first."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    aside.unlink(missing_ok=True)  # of a dead process that had our number
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(secrets.token_bytes(KEY_BYTES))
            opened.flush()
            os.fsync(opened.fileno())
        place.hardlink_to(aside)
    except FileExistsError:
        pass
    finally:
        aside.unlink(missing_ok=True)
        flush(place.parent)


def _sweep(place: Path) -> None:
    """Remove whole keys that processes left aside when they died."""
    for aside in place.parent.glob(f".{place.name}.*.tmp"):
        number = aside.name.removeprefix(f".{place.name}.").removesuffix(".tmp")
        if number.isdecimal() and not _is_alive(int(number)):
            aside.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
