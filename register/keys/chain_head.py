"""How far a chain had come, kept beside the key: whoever cuts its end off, or removes it, is found out."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from register.errors import StoreError
from register.keys.seals import read_sealed, write_sealed

FOLDER, KIND = "heads", "head"


class ChainHead:
    """The number of entries of a chain and the hash of its last, sealed and apart from it.

    Parameters
    ----------
    folder : Path
        The chain's; a copy of it elsewhere has a head of its own from its first entry on.
    key_file : Path
        See `register.keys.seals`.
    """

    def __init__(self, folder: Path, key_file: Path) -> None:
        name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        self._key_file = key_file
        self.path = key_file.expanduser().parent / FOLDER / f"{name}.json"

    def note(self, head: Mapping[str, Any]) -> None:
        """Keep the head of a chain that was just added to."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_sealed(self.path, head, self._key_file, KIND)

    def compare(self, hashes: Sequence[str], remedy: str) -> None:
        """Refuse a chain that has lost its end since it was last added to.

        A process that died between an entry and its head left one entry more: that is no loss.

        Parameters
        ----------
        hashes : sequence of str
            Of all its entries, in order.
        remedy : str
            What to do, for the message.

        Raises
        ------
        StoreError
        """
        if not self.path.is_file():
            return
        noted = read_sealed(self.path, self._key_file, "remove it", KIND)
        count, last = noted["count"], noted["last"]
        if len(hashes) < count or (count and hashes[count - 1] != last):
            raise StoreError(
                f"{self.path}: {count} entries had been written, {len(hashes)} are there or another is "
                f"the last; {remedy}, or remove this note if the loss is known and accepted"
            )
