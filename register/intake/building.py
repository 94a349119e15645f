"""Build a folder beside the old one and swap it in whole; what others put there is never touched."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from register.errors import HuitouError, ParamsError, SourceError, StoreError
from register.exchange import exchange
from register.tables import TABLES

#: Stands in a folder while it is ours to remove, also half built or half removed.
MARKER = ".huitou"


@dataclass(frozen=True)
class Kind:
    """What a folder holds that was built here, so that no other is taken for one.

    Attributes
    ----------
    holds : str
        What it is called in the refusal.
    endings : tuple of str
        Endings of its files; a folder with any other file, or a link, is somebody's own.
    signs : tuple of str
        One of these files must be there; empty where the endings are nobody else's.
    remedy : str
        What to do when the folder is somebody's own.
    refusal : type of HuitouError
    begun : tuple of str
        Files in sub-folders that alone show a folder half built for ours: an earlier version
        set no `MARKER`, and was killed before it wrote a sign.
    """

    holds: str
    endings: tuple[str, ...]
    signs: tuple[str, ...]
    remedy: str
    refusal: type[HuitouError]
    begun: tuple[str, ...] = ()

    def refuse_foreign(self, folder: Path, *, half_built: bool = False) -> None:
        """Refuse a folder that is not absent, empty or built here.

        Parameters
        ----------
        folder : Path
        half_built : bool
            Whether it is where only `begin` builds, so that `begun` is a sign as well.

        Raises
        ------
        HuitouError
            Of the kind's own class.
        """
        if folder.is_symlink() or (folder.exists() and not self._is_ours(folder, half_built)):
            raise self.refusal(f"{folder}: holds other files than {self.holds}; {self.remedy}")

    def _is_ours(self, folder: Path, half_built: bool) -> bool:
        if not folder.is_dir():
            return False
        names = {path.name for path in folder.iterdir()}
        signed = not self.signs or not names or not names.isdisjoint((MARKER, *self.signs))
        signed = signed or (half_built and all(map(self._is_begun, folder.rglob("*"))))
        return signed and all(self._may_hold(path) for path in folder.rglob("*"))

    def _may_hold(self, path: Path) -> bool:
        if path.is_symlink():
            return False
        return path.is_dir() or (path.is_file() and self._names(path.name))

    def _is_begun(self, path: Path) -> bool:
        return path.is_dir() or path.name in self.begun or self._is_killed(path.name)

    @staticmethod
    def _is_killed(name: str) -> bool:
        """Tell what `register.atomic` never finished."""
        return name.startswith(".") and name.endswith(".tmp")

    def _names(self, name: str) -> bool:
        return name == MARKER or self._is_killed(name) or name.endswith(self.endings)


REGISTER = Kind(
    "a register",
    (".parquet", ".json", ".csv", ".md"),
    ("manifest.json", "quarantine.parquet"),
    "move them elsewhere and run again",
    StoreError,
    tuple(f"{table}.parquet" for table in TABLES),
)
VAULT = Kind(
    "a vault's", (".vault",), (), "set privacy.vault to a folder of its own, or move them", ParamsError
)
LISTS = Kind(
    "a check's lists",
    (".parquet", ".csv", ".xlsx"),
    ("ledger.csv", "quarantine.parquet"),
    "choose another --output",
    SourceError,
)
BOOKS = Kind("workbooks", (".xlsx",), (MARKER,), "name a new folder", SourceError)
RETURNED = Kind(
    "sheets of returned rows",
    (".xlsx", ".csv"),
    ("returned.csv",),
    "name a new folder with --returned",
    SourceError,
)
PROGRESS = Kind("progress of visits", (".html", ".xlsx"), (MARKER,), "name a new folder", SourceError)
#: Replaced where nobody names a folder; one that is named has to be new.
MONTHLY = Kind("papers of a month", (".xlsx",), (), "move them elsewhere, or name a new folder", SourceError)
CARDS = Kind("cards", (".html",), (MARKER,), "name a new folder", SourceError)


def begin(root: Path, kind: Kind) -> Path:
    """Make an empty folder to build in.

    Parameters
    ----------
    root : Path
        The folder to be replaced by `swap`.
    kind : Kind
        What may stand there already.

    Returns
    -------
    Path
        ``<root>.building``. What a killed run left is undone first: an unfinished folder
        goes, one that was moved but not replaced comes back.

    Raises
    ------
    HuitouError
        When one of the folders that would go holds what was not built here.
    """
    building, old = _beside(root, "building"), _beside(root, "old")
    for folder in (root, old):
        kind.refuse_foreign(folder)
    kind.refuse_foreign(building, half_built=True)
    if old.exists() and not root.exists():
        old.rename(root)
    for leftover in (building, old):
        _discard(leftover)
    building.mkdir(parents=True)
    (building / MARKER).touch(exist_ok=False)
    return building


def swap(building: Path, root: Path, kind: Kind) -> None:
    """Put the finished folder in the place of the old one, unless that became somebody's own."""
    kind.refuse_foreign(root)
    if root.exists() and exchange(building, root):
        (root / MARKER).unlink(missing_ok=True)
        _discard(building)
        return
    old = _beside(root, "old")
    if root.exists():
        root.rename(old)
    building.rename(root)
    (root / MARKER).unlink(missing_ok=True)
    _discard(old)


def _discard(folder: Path) -> None:
    """Remove a folder of ours, its marker last: a kill leaves what the next `begin` knows again."""
    if folder.exists():
        (folder / MARKER).touch()
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != MARKER:
                path.unlink()
        shutil.rmtree(folder)


def _beside(root: Path, state: str) -> Path:
    return root.with_name(f"{root.name}.{state}")
