"""Notes of visits, which may name people, as text that only the vault's key opens."""

from base64 import b64decode, b64encode
from collections.abc import Callable

import polars as pl

from register.vault.cipher import decrypt, encrypt


def sealed_notes(records: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """Encrypt the notes of visits.

    Parameters
    ----------
    records : DataFrame
        ``note``, text or missing, and ``county_id``, to which each is bound; others stay as they are.
    key : bytes
        The vault's.

    Returns
    -------
    DataFrame
    """
    return _each(records, lambda county, note: b64encode(encrypt(key, county, note.encode())).decode())


def opened_notes(records: pl.DataFrame, key: bytes | None) -> pl.DataFrame:
    """Decrypt what `sealed_notes` encrypted; what this key does not open is missing.

    A note with letters beyond ASCII was never sealed and stays as it is.
    """

    def opened(county: str, sealed: str) -> str | None:
        if not sealed.isascii():
            return sealed
        plain = decrypt(key, county, b64decode(sealed)) if key else None
        return None if plain is None else plain.decode()

    return _each(records, opened)


def _each(records: pl.DataFrame, change: Callable[[str, str], str | None]) -> pl.DataFrame:
    pairs = records.select("county_id", "note").iter_rows()
    notes = [None if note is None else change(county, note) for county, note in pairs]
    return records.with_columns(note=pl.Series(notes, dtype=pl.String()))
