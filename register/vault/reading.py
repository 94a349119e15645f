"""Open the vault. Only the workbook writer may import this (import-linter says so)."""

import io
from collections.abc import Mapping
from typing import Any

import polars as pl

from register.atomic import sha256
from register.errors import StoreError
from register.keys.key_file import key_id, load_key
from register.vault.cipher import decrypt
from register.vault.place import VaultPlace
from register.vault.writing import SUFFIX


def read_identities(place: VaultPlace, county_id: str, facts: Mapping[str, Any] | None) -> pl.DataFrame:
    """Decrypt the identities of one county.

    Parameters
    ----------
    place : VaultPlace
        Where ingest put them.
    county_id : str
    facts : mapping or None
        Entry ``vault`` of the register's manifest.

    Returns
    -------
    DataFrame
        See `register.vault.writing.identities`; empty where nobody of the county is named.

    Raises
    ------
    StoreError
        When the file is missing or not the register's, or the key another one.
    """
    expected = (facts or {}).get("sha256", {}).get(county_id)
    if facts is None or expected is None:
        return pl.DataFrame()
    path = place.folder / f"{county_id}{SUFFIX}"
    if not path.is_file() or sha256(path) != expected:
        raise StoreError(
            f"{path}: missing, or not sealed with this register; run ingest again (dvc repro -f ingest)"
        )
    # Only ingest makes a key: one made here could open nothing.
    key = load_key(place.key_file) if place.key_file.is_file() else None
    plain = decrypt(key, county_id, path.read_bytes()) if key else None
    if plain is None:
        own_key = f"key {key_id(key)}" if key else "no key"
        raise StoreError(
            f"{place.key_file}: found {own_key}, the vault was sealed under key {facts['key_id']}; "
            f"restore that key from its safe copy, or add '{facts['key_id']}' to privacy.given_up_keys in "
            "params.yaml and run ingest again (dvc repro -f ingest)"
        )
    return pl.read_parquet(io.BytesIO(plain))
