"""Sealed JSON: a keyed hash over every byte, so that nobody without the key can change it unseen."""

import hmac
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from register.atomic import add_text, json_text, write_text
from register.errors import StoreError
from register.keys.key_file import key_id, load_key, make_key
from register.keys.settings import PrivacyParameters
from register.os_errors import message_of

KEY_ID, SEAL = "seal_key_id", "seal"


def seal_key_file(privacy: PrivacyParameters) -> Path:
    """Say where the key of the seals lies: beside the pseudonym key, so outside the data tree."""
    return Path(privacy.key_file).expanduser().with_name("seal.key")


def write_sealed(target: Path, value: Mapping[str, Any], key_file: Path) -> None:
    """Write `value` as JSON with its seal, HMAC-SHA256; the key is made on first use."""
    write_text(target, _sealed(value, make_key(key_file)))


def add_sealed(target: Path, value: Mapping[str, Any], key_file: Path) -> None:
    """Write as `write_sealed` does, for its owner alone, where nothing has that name yet.

    Raises
    ------
    StoreError
        When something has it: what is there is kept.
    """
    try:
        add_text(target, _sealed(value, make_key(key_file)))
    except FileExistsError:
        raise StoreError(
            f"{target}: written by somebody else meanwhile; nothing is lost, run again"
        ) from None


def read_sealed(path: Path, key_file: Path, remedy: str) -> dict[str, Any]:
    """Read what `write_sealed` wrote.

    Parameters
    ----------
    path : Path
        The sealed file.
    key_file : Path
        The key it was sealed under; never made here, a new one could open nothing.
    remedy : str
        What to do when the file is damaged, for the message.

    Returns
    -------
    dict
        The value as it was given.

    Raises
    ------
    StoreError
        When the file is missing, not one byte as it was written, or the key another one.
    """
    content = _parsed(path)
    key = load_key(key_file) if key_file.expanduser().is_file() else None
    sealed_under = content.get(KEY_ID)
    if isinstance(sealed_under, str) and (key is None or sealed_under != key_id(key)):
        has = f"key {key_id(key)}" if key else "no key"
        raise StoreError(
            f"{path}: sealed under another key than {key_file} ({has}), or damaged; "
            f"restore that key from its safe copy, or {remedy}"
        )
    value = {name: part for name, part in content.items() if name not in (KEY_ID, SEAL)}
    if key is None or not _is_whole(path, value, key):
        raise StoreError(f"{path}: missing, damaged or not sealed; {remedy}")
    return value


def _parsed(path: Path) -> dict[str, Any]:
    """Read JSON of any kind; what is no mapping has no seal, what is not there neither."""
    try:
        content = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    except OSError as refused:
        raise StoreError(message_of(refused)) from None
    return content if isinstance(content, dict) else {}


def _is_whole(path: Path, value: Mapping[str, Any], key: bytes) -> bool:
    """Compare every byte; damage may also make a value that no seal could hold."""
    try:
        return hmac.compare_digest(path.read_bytes(), _sealed(value, key).encode())
    except (OSError, ValueError, RecursionError):
        return False


def _sealed(value: Mapping[str, Any], key: bytes) -> str:
    named = {**value, KEY_ID: key_id(key)}
    return json_text({**named, SEAL: hmac.digest(key, json_text(named).encode(), "sha256").hex()})
