"""What a release is: an immutable folder under a sealed manifest, reached by a link."""

import hashlib
import io
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from register.atomic import flush, read_parquet, sha256
from register.errors import SeasonError, StoreError
from register.keys.seals import read_sealed
from watchlists.release.manifest import in_todays_shape

MANIFEST, STORE, CURRENT, KIND = "manifest.json", ".store", "current", "release"
LISTED, SCORES, EXPLAINED = "watchlist.parquet", "scores.parquet", "explanations.parquet"
LEFT = "left.parquet"
ENDING_HELP = "ending_help.parquet"
BOARDS = "boards.parquet"
#: Households of high risk that found no place on the list.
HIGH_OFF_LIST = "high_off_list.parquet"
#: Hex digits of the hash of a list that name it in a workbook.
ID_DIGITS = 16
#: Hex digits of the hash of a manifest that name a release.
NAME_DIGITS = 12
REMEDY = "publish the season again (huitou run) or roll back to another (huitou releases)"


@dataclass(frozen=True)
class Releases:
    """The folder of releases and the key their manifests are sealed under.

    Attributes
    ----------
    root : Path
        Holds ``.store`` with one folder a release, and the links ``<season>`` and ``current``.
    key_file : Path
        See `register.keys.seals`.
    """

    root: Path
    key_file: Path

    @property
    def store(self) -> Path:
        """Where the folders stand."""
        return self.root / STORE


@dataclass(frozen=True)
class Release:
    """A release that was verified when it was opened.

    Its folder is resolved once: whatever becomes current meanwhile, one release is read
    from beginning to end.
    """

    folder: Path
    manifest: dict[str, Any]

    @property
    def season(self) -> str:
        """The season it lists."""
        season: str = self.manifest["season"]
        return season

    @property
    def source_kind(self) -> str:
        """Kind of the source it was made from."""
        kind: str = self.manifest["parameters"]["source"]["kind"]
        return kind

    @cached_property
    def list(self) -> pl.DataFrame:
        """Its watchlist."""
        return self._table(LISTED)

    @cached_property
    def scores(self) -> pl.DataFrame:
        """Its scores, one row a household of the cohort."""
        return self._table(SCORES)

    @cached_property
    def explained(self) -> pl.DataFrame:
        """What explains its listed households (`watchlists.reasons`); no row in older releases."""
        return self._table_since(EXPLAINED)

    @cached_property
    def high_off_list(self) -> pl.DataFrame:
        """Who is at high risk and found no place on the list; no row in older releases."""
        return self._table(HIGH_OFF_LIST) if HIGH_OFF_LIST in self.manifest["files"] else self.list.clear()

    @cached_property
    def gone(self) -> pl.DataFrame:
        """Who left the list, and why (`watchlists.visits.change.LEFT_SCHEMA`); no row in older releases."""
        return self._table_since(LEFT, "county_id", "township_id", "why_left")

    @cached_property
    def ending_help(self) -> pl.DataFrame:
        """What the model would say if help ended (`models.attribution`); none in older releases."""
        return self._table_since(ENDING_HELP)

    def holds(self, name: str) -> bool:
        """Tell whether it has a file of that name; older releases lack some."""
        return name in self.manifest["files"]

    def path(self, name: str) -> Path:
        """Give the path of a file, held against the manifest again: it may have changed since.

        Raises
        ------
        StoreError
            When it did.
        """
        if not _is_of(self.folder / name, self.manifest["files"][name]["sha256"]):
            raise StoreError(f"{self.folder / name}: changed since it was opened; {REMEDY}")
        return self.folder / name

    def _table_since(self, name: str, *columns: str) -> pl.DataFrame:
        """Read a table that older releases lack: then no row of it."""
        if name in self.manifest["files"]:
            return self._table(name)
        return pl.DataFrame(schema=dict.fromkeys(("household_id", *columns), pl.String()))

    def _table(self, name: str) -> pl.DataFrame:
        """Read the very bytes that are held against the manifest: the file may change after it was opened."""
        raw = (self.folder / name).read_bytes()
        if hashlib.sha256(raw).hexdigest() != self.manifest["files"][name]["sha256"]:
            raise StoreError(f"{self.folder / name}: changed since it was opened; {REMEDY}")
        return read_parquet(io.BytesIO(raw))


def list_id(watchlist: Path) -> str:
    """Name a list by what it holds; the release's own hash cannot stand in its workbooks."""
    return sha256(watchlist)[:ID_DIGITS]


def open_release(releases: Releases, name: str = CURRENT) -> Release:
    """Open a release by its season, ``current`` or its name in the store.

    Raises
    ------
    SeasonError
        When there is none of that name.
    StoreError
        When it is damaged, stands outside the store, or is another than its link says.
    """
    link, stored = releases.root / name, releases.store / name
    chosen = link if link.is_symlink() and "/" not in name else stored
    if not re.fullmatch(r"[\w-]+", name) or not chosen.is_dir():
        known = sorted(path.name for path in _folders(releases))
        raise SeasonError(f"{link}: no such release; name a season, or one of {known} (huitou releases)")
    folder = chosen.resolve()
    if folder.parent != releases.store.resolve():
        raise StoreError(f"{link}: leads out of {releases.store}; {REMEDY}")
    release = _verified(folder, releases)
    if name not in (CURRENT, folder.name, release.season):
        raise StoreError(f"{link}: leads to a release of {release.season}; {REMEDY}")
    return release


def verify(folder: Path, key_file: Path, remedy: str = REMEDY) -> dict[str, Any]:
    """Check the seal of a release and every file against its manifest.

    Parameters
    ----------
    folder : Path
    key_file : Path
        See `register.keys.seals`.
    remedy : str
        What to do where it is not whole, for the message.

    Returns
    -------
    dict
        The manifest, in today's shape.

    Raises
    ------
    StoreError
        When the manifest or a file is missing, changed, not announced, a link or no file at all, or
        newer code made it.
    """
    manifest = read_manifest(folder, key_file, remedy)
    present, announced = set(names(folder)), manifest["files"]
    damaged = [
        name
        for name in announced
        if name not in present or not _is_of(folder / name, announced[name]["sha256"])
    ]
    wrong = sorted({*damaged, *(present - announced.keys())})
    if wrong:
        raise StoreError(
            f"{folder / wrong[0]}: missing, changed or not in the manifest ({len(wrong)} such files); "
            f"{remedy}"
        )
    return manifest


def read_manifest(folder: Path, key_file: Path, remedy: str = REMEDY) -> dict[str, Any]:
    """Read the manifest of a release, if its seal holds; no other file is looked at.

    Raises
    ------
    StoreError
        When it is missing or changed, or newer code made it.
    """
    return in_todays_shape(read_sealed(folder / MANIFEST, key_file, remedy, KIND), folder / MANIFEST)


def release_name(season: str, folder: Path) -> str:
    """Name a release by its season and the hash of the manifest that stands in its folder."""
    return f"{season}-{sha256(folder / MANIFEST)[:NAME_DIGITS]}"


def names(folder: Path) -> list[str]:
    """Name everything in a release but its folders and its manifest."""
    every = (path for path in folder.rglob("*") if not stat.S_ISDIR(path.lstat().st_mode))
    return sorted(path.relative_to(folder).as_posix() for path in every if path != folder / MANIFEST)


def _is_of(path: Path, digest: str) -> bool:
    """Tell whether a path is a file of that hash; a link, or a pipe that would never end, is none."""
    return stat.S_ISREG(path.lstat().st_mode) and sha256(path) == digest


def stored(releases: Releases) -> Iterator[tuple[str, Release | StoreError]]:
    """Walk everything in the store, oldest season first, with what is wrong with it, if anything."""
    for folder in _folders(releases):
        try:
            yield folder.name, _verified(folder, releases)
        except StoreError as damage:
            yield folder.name, damage


def release_of_list(releases: Releases, season: str, wanted: str) -> Release | None:
    """Find the release of a season that holds the list named `wanted`; None without any.

    Raises
    ------
    StoreError
        When it may be among the season's releases that are damaged.
    """
    damages = []
    for folder in _folders(releases):
        if not folder.name.startswith(f"{season}-"):
            continue
        try:
            listed = read_manifest(folder, releases.key_file)["files"][LISTED]
            if listed["sha256"][:ID_DIGITS] == wanted:
                return _verified(folder, releases)
        except StoreError as damage:  # of one release must not bar the way to another of its season
            damages.append(damage)
    if damages:
        raise damages[0]
    return None


def point(link: Path, folder: Path) -> None:
    """Let a link lead to a release, by one atomic rename; nothing happens if it does already."""
    target = folder.relative_to(link.parent)
    if link.is_symlink() and link.readlink() == target:
        return
    if link.exists() and not link.is_symlink():
        raise StoreError(f"{link}: found a folder where a link to a release belongs; move it away")
    aside = link.with_name(f".{link.name}.link")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target, target_is_directory=True)
    aside.replace(link)
    flush(link.parent)


def _verified(folder: Path, releases: Releases) -> Release:
    """Verify a folder of the store, its name too."""
    manifest = verify(folder, releases.key_file)
    if folder.name != release_name(manifest["season"], folder):
        raise StoreError(f"{folder}: not the name this release was published under; {REMEDY}")
    return Release(folder, manifest)


def _folders(releases: Releases) -> list[Path]:
    return sorted(path for path in releases.store.glob("[!.]*") if path.is_dir())
