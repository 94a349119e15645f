"""Sealed JSON: signed, so that nobody without the key can change it unseen and anybody can see that."""

import hmac
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from register.atomic import add_text, json_text, write_text
from register.errors import StoreError
from register.keys.key_file import key_id, load_key, make_key
from register.keys.settings import PrivacyParameters
from register.os_errors import message_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_ID, KIND, SEAL = "seal_key_id", "seal_kind", "seal"
#: What the signing key is derived from the key file for.
SIGNING = b"huitou seals: ed25519"


def seal_key_file(privacy: PrivacyParameters) -> Path:
    """Say where the key of the seals lies: beside the pseudonym key, so outside the data tree."""
    return Path(privacy.key_file).expanduser().with_name("seal.key")


def public_key(key_file: Path) -> str:
    """Give what others check seals by, 64 hex digits: it tells nothing of the key itself.

    Raises
    ------
    StoreError
        As `register.keys.key_file.load_key` does.
    """
    return _signing_key(load_key(key_file)).public_key().public_bytes_raw().hex()


def write_sealed(target: Path, value: Mapping[str, Any], key_file: Path, kind: str) -> None:
    """Write `value` as JSON with its seal, an Ed25519 signature; the key is made on first use.

    Parameters
    ----------
    target : Path
    value : mapping
    key_file : Path
    kind : str
        What it is, such as ``release``: a seal of one kind never passes for another's.
    """
    write_text(target, _sealed({**value, KIND: kind}, make_key(key_file)))


def add_sealed(target: Path, value: Mapping[str, Any], key_file: Path, kind: str) -> None:
    """Write as `write_sealed` does, for its owner alone, where nothing has that name yet.

    Raises
    ------
    StoreError
        When something has it: what is there is kept.
    """
    try:
        add_text(target, _sealed({**value, KIND: kind}, make_key(key_file)))
    except FileExistsError:
        raise StoreError(
            f"{target}: written by somebody else meanwhile; nothing is lost, run again"
        ) from None


def read_sealed(path: Path, key_file: Path, remedy: str, kind: str) -> dict[str, Any]:
    """Read what `write_sealed` wrote.

    Parameters
    ----------
    path : Path
        The sealed file.
    key_file : Path
        The key it was sealed under; never made here, a new one could open nothing.
    remedy : str
        What to do when the file is damaged, for the message.
    kind : str
        What it must be. What was sealed before seals named a kind is taken for any.

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
    if key is None or not _is_whole(path, value, key) or value.pop(KIND, kind) != kind:
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
    """Write a value with its seal; what names no kind was sealed by HMAC-SHA256, up to November 2026."""
    named = {**value, KEY_ID: key_id(key)}
    text = json_text(named).encode()
    seal = _signing_key(key).sign(text) if KIND in value else hmac.digest(key, text, "sha256")
    return json_text({**named, SEAL: seal.hex()})


def _signing_key(key: bytes) -> "Ed25519PrivateKey":
    """Derive the key that signs (RFC 8032): the same value is always signed by the same bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # slow to import

    return Ed25519PrivateKey.from_private_bytes(hmac.digest(key, SIGNING, "sha256"))
