"""Visits off the list, kept for good beside the look-backs; their notes lie encrypted."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from register.keys.key_file import load_key, make_key
from register.keys.seals import seal_key_file
from register.keys.settings import PrivacyParameters
from register.lookback_store import LookbackStore
from register.vault.notes import opened_notes, sealed_notes
from register.vault.place import VaultPlace

#: Within the folder of look-backs: who backs that up backs up both.
FOLDER = "off_list"
#: All that is kept of a note where there is no vault: that it corrects what was read before.
DECLARES = "更正"


class OffListStore:
    """An append-only folder of readings, as `register.lookback_store.LookbackStore` keeps them.

    Households stand in it by their pseudonyms; names that led to them are nowhere kept.

    Parameters
    ----------
    lookbacks : Path
        Folder of the look-backs.
    privacy : PrivacyParameters
        Where the keys lie: the seal's, and the vault's for the notes.
    """

    def __init__(self, lookbacks: Path, privacy: PrivacyParameters) -> None:
        self._readings = LookbackStore(lookbacks / FOLDER, seal_key_file(privacy))
        self._key_file = VaultPlace.key_of(privacy)
        self.keeps_notes = bool(privacy.vault)

    def keepable(self, note: str) -> str | None:
        """Give what would be kept of a note: without a vault nothing that may name people."""
        if self.keeps_notes:
            return note
        return DECLARES if DECLARES in note else None

    def records(self) -> pl.DataFrame:
        """Read every version of every visit, with its note where the vault's key opens it.

        Returns
        -------
        DataFrame
            `register.lookback_store.RECORDS` and ``reading``.

        Raises
        ------
        StoreError
            When a reading is missing, changed or sealed under another key.
        """
        key = load_key(self._key_file) if self._key_file.is_file() else None
        return opened_notes(self._readings.records(), key)

    def append(self, records: pl.DataFrame, files: Sequence[Mapping[str, Any]]) -> Path:
        """Add a reading; give the new file, mode 0600. The vault's key is made where there is none yet.

        Parameters
        ----------
        records : DataFrame
            `register.lookback_store.RECORDS`, notes as `keepable` gives them.
        files : sequence of mapping
            Hash and row counts of every workbook; no names.
        """
        kept = sealed_notes(records, make_key(self._key_file)) if self.keeps_notes else records
        return self._readings.append(kept, files)
