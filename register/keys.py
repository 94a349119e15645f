"""Secret keys: one file each, for its owner's eyes only, never beside the data."""

import hashlib
import os
import secrets
from pathlib import Path

from register.errors import StoreError

KEY_BYTES = 32


def key_id(key: bytes) -> str:
    """Name a key without telling it: 8 hex digits of its sha256."""
    return hashlib.sha256(key).hexdigest()[:8]


def load_key(path: Path) -> bytes:
    """Read a key, making one where there is none.

    Parameters
    ----------
    path : Path
        ``~`` is expanded. A new key gets mode 0600, its folder 0700.

    Returns
    -------
    bytes

    Raises
    ------
    StoreError
        When others may read the key, or it is too short to be one.
    """
    place = path.expanduser()
    if not place.exists():
        _make_key(place)
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
    return key


def _make_key(place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(secrets.token_bytes(KEY_BYTES))
        os.fsync(opened.fileno())
    aside.replace(place)
