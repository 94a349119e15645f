"""One encrypted file of what may name people, replaced whole: under the vault's key, 0600."""

import json
from pathlib import Path
from typing import Any

from register.atomic import atomic_path
from register.errors import StoreError
from register.keys.key_file import load_key, make_key
from register.vault.cipher import decrypt, encrypt


def write_encrypted(target: Path, key_file: Path, value: object) -> None:
    """Encrypt a value and put it in the place of the one before.

    Parameters
    ----------
    target : Path
        Its name is authenticated too: a file put in the place of another does not open.
    key_file : Path
        The vault's key (`register.vault.place.VaultPlace.key_of`), made where there is none.
    value : object
        Whatever JSON holds.
    """
    sealed = encrypt(make_key(key_file), target.name, json.dumps(value, ensure_ascii=False).encode())
    with atomic_path(target) as aside:
        aside.touch(mode=0o600)
        aside.write_bytes(sealed)


def read_encrypted(target: Path, key_file: Path, remedy: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Give back what was encrypted.

    Parameters
    ----------
    target, key_file
        As `write_encrypted` was given them.
    remedy : str
        What to do where it does not open, for the message.

    Returns
    -------
    object
        None where nothing was written yet.

    Raises
    ------
    StoreError
        When the key is missing or another one, or a byte changed.
    """
    if not target.exists():
        return None
    plain = decrypt(load_key(key_file), target.name, target.read_bytes())
    if plain is None:
        raise StoreError(f"{target}: changed, or encrypted under another key than {key_file}; {remedy}")
    return json.loads(plain)
