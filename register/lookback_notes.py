"""What names people in a look-back, the note and who withdrew it: sealed under the vault's key."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from register.keys.key_file import key_id, load_key
from register.vault.cipher import decrypt, encrypt

#: Columns whose texts may name people.
NAMING = ("note", "withdrawn_by")


def key_file_beside(seal_key: Path) -> Path:
    """Say where the vault's key lies: with the other keys."""
    return seal_key.with_name("vault.key")


def key_at_hand(key_file: Path) -> bytes | None:
    """Read the vault's key; None where there is none."""
    return load_key(key_file) if key_file.expanduser().is_file() else None


def sealed(row: Mapping[str, Any], key: bytes) -> dict[str, Any]:
    """Encrypt what names people in a visit, bound to household and day.

    Examples
    --------
    >>> visit = {"household_id": "H1", "visited_on": "2026-02-03", "note": "住院", "withdrawn_by": None}
    >>> hidden = sealed(visit, bytes(32))
    >>> hidden["note"] == "住院", opened(hidden, bytes(32), key_id(bytes(32)))["note"]
    (False, '住院')
    """
    return {**row, **{name: _sealed(row, name, key) for name in NAMING if row.get(name) is not None}}


def opened(row: Mapping[str, Any], key: bytes | None, sealed_under: str | None) -> dict[str, Any]:
    """Give a visit with what names people in it.

    Parameters
    ----------
    row : mapping
    key : bytes or None
    sealed_under : str or None
        Id of the key it was sealed under; None of readings of earlier versions, which are clear.

    Returns
    -------
    dict
        A text under another key than `key` is missing.
    """
    if sealed_under is None:
        return dict(row)
    is_ours = key is not None and key_id(key) == sealed_under
    return {**row, **{name: _opened(row, name, key) if key and is_ours else None for name in NAMING}}


def _sealed(row: Mapping[str, Any], name: str, key: bytes) -> str:
    return base64.b64encode(encrypt(key, _place(row, name), row[name].encode())).decode()


def _opened(row: Mapping[str, Any], name: str, key: bytes) -> str | None:
    if row.get(name) is None:
        return None
    plain = decrypt(key, _place(row, name), base64.b64decode(row[name]))
    return None if plain is None else plain.decode()


def _place(row: Mapping[str, Any], name: str) -> str:
    """Bind a text to the visit it is about: moved to another one it does not open."""
    return f"look-back {name} {row['household_id']} {row['visited_on']}"
