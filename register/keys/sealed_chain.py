"""A folder that is only added to: sealed files, each naming the hash of the one before it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from register.atomic import forget_unfinished, sha256
from register.errors import StoreError
from register.keys.chain_head import ChainHead
from register.keys.seals import add_sealed, read_sealed

PREVIOUS = "previous"
#: Writing an entry takes no second; what is older, its writer left when it was killed.
HOUR = 3600


class SealedChain:
    """Files ``000001.json`` and so on, for their owner alone.

    Parameters
    ----------
    folder : Path
        Made with the first entry; its name says what kind they are of.
    key_file : Path
        See `register.keys.seals`.
    remedy : str
        What to do when a file is damaged, for the message.
    """

    def __init__(self, folder: Path, key_file: Path, remedy: str) -> None:
        self.folder, self._key_file, self._remedy = folder, key_file, remedy
        self._head = ChainHead(folder, key_file)

    @property
    def head(self) -> dict[str, Any]:
        """Tell how many entries there are and what the last one hashes to, for others to keep."""
        paths = self._paths()
        return {"count": len(paths), "last": sha256(paths[-1]) if paths else ""}

    def entries(self) -> list[dict[str, Any]]:
        """Read every entry, oldest first.

        Raises
        ------
        StoreError
            When one is missing, changed or sealed under another key, the last ones too.
        """
        entries, previous = [], ""
        for number, path in enumerate(self._paths(), 1):
            if path != self._path(number):
                raise StoreError(f"{self._path(number)}: missing; {self._remedy}")
            entry = read_sealed(path, self._key_file, self._remedy, self.folder.name)
            if entry.pop(PREVIOUS) != previous:
                raise StoreError(f"{path}: does not follow the one before it; {self._remedy}")
            previous = sha256(path)
            entries.append(entry)
        self._head.compare(self._hashes(), self._remedy)
        return entries

    def refuse_other_end(self) -> None:
        """Refuse a chain whose end is not the one that was written; no entry is opened.

        Raises
        ------
        StoreError
            When its last entries are gone, or the last was changed.
        """
        self._head.compare(self._hashes(), self._remedy)

    def append(self, entry: Mapping[str, Any]) -> Path:
        """Add an entry; give the new file, mode 0600.

        Raises
        ------
        StoreError
            When another process, or another machine that shares the folder, added one meanwhile.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        paths = self._paths()
        target = self._path(len(paths) + 1)
        add_sealed(target, {**entry, PREVIOUS: self.head["last"]}, self._key_file, self.folder.name)
        self._head.note(self.head)
        forget_unfinished(self.folder, before=target.stat().st_mtime - HOUR)
        return target

    def _hashes(self) -> list[str]:
        return [sha256(path) for path in self._paths()]

    def _paths(self) -> list[Path]:
        return sorted(self.folder.glob("*.json"))

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.json"
