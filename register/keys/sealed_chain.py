"""A folder that is only added to: sealed files, each naming the hash of the one before it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from register.atomic import flush, sha256
from register.errors import StoreError
from register.keys.seals import read_sealed, write_sealed

PREVIOUS = "previous"


class SealedChain:
    """Files ``000001.json`` and so on, for their owner alone.

    Parameters
    ----------
    folder : Path
        Made with the first entry.
    key_file : Path
        See `register.keys.seals`.
    remedy : str
        What to do when a file is damaged, for the message.
    """

    def __init__(self, folder: Path, key_file: Path, remedy: str) -> None:
        self.folder, self._key_file, self._remedy = folder, key_file, remedy

    def entries(self) -> list[dict[str, Any]]:
        """Read every entry, oldest first.

        Raises
        ------
        StoreError
            When one is missing, changed or sealed under another key. A cut tail is not seen.
        """
        entries, previous = [], ""
        for number, path in enumerate(self._paths(), 1):
            if path != self._path(number):
                raise StoreError(f"{self._path(number)}: missing; {self._remedy}")
            entry = read_sealed(path, self._key_file, self._remedy)
            if entry.pop(PREVIOUS) != previous:
                raise StoreError(f"{path}: does not follow the one before it; {self._remedy}")
            previous = sha256(path)
            entries.append(entry)
        return entries

    def append(self, entry: Mapping[str, Any]) -> Path:
        """Add an entry; give the new file, mode 0600.

        Raises
        ------
        StoreError
            When another one was added meanwhile: none takes the place of one that is there.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        paths = self._paths()
        target = self._path(len(paths) + 1)
        aside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            write_sealed(aside, {**entry, PREVIOUS: sha256(paths[-1]) if paths else ""}, self._key_file)
            aside.chmod(0o600)
            target.hardlink_to(aside)
        except FileExistsError:
            raise StoreError(f"{target}: was added by another command meanwhile; run again") from None
        finally:
            aside.unlink(missing_ok=True)
            flush(self.folder)
        return target

    def _paths(self) -> list[Path]:
        return sorted(self.folder.glob("*.json"))

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.json"
