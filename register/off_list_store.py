"""Visits off the list, kept for good beside the look-backs, in the same kind of sealed chain."""

from pathlib import Path

from register.lookback_store import LookbackStore

#: Within the folder of look-backs: who backs that up backs up both.
FOLDER = "off_list"


def off_list_store(lookbacks: Path, key_file: Path) -> LookbackStore:
    """Open the store of visits off the list.

    Households stand in it by their pseudonyms; the names that led to them are nowhere kept, and
    notes lie under the vault's key as they do in every look-back.

    Parameters
    ----------
    lookbacks : Path
        Folder of the look-backs.
    key_file : Path
        See `register.keys.seals`.

    Returns
    -------
    LookbackStore
    """
    return LookbackStore(lookbacks / FOLDER, key_file)
