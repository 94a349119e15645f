"""Publish a release: built aside, hashed, sealed, flushed, and swapped in by renaming a link."""

import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from register.atomic import flush, sha256
from register.errors import StoreError
from register.file_names import folded
from register.keys.seals import write_sealed
from watchlists.release.manifest import SCHEMA_VERSION, VERSION
from watchlists.release.store import CURRENT, KIND, MANIFEST, Releases, names, point, release_name, verify

BUILDING = ".building-"
READ_ONLY_FILE, READ_ONLY_FOLDER = 0o400, 0o500

#: Writes the files into the folder and tells the rows of each by its relative path.
Write = Callable[[Path], Mapping[str, int | None]]


def publish(releases: Releases, season: str, write: Write, facts: Mapping[str, Any]) -> Path:
    """Publish a release.

    Everything is written into ``.store/.building-<season>``; only when the sealed manifest
    stands and all is flushed and read-only, the folder takes its final name and the links
    ``<season>`` and then ``current`` are renamed onto it. A failure before that leaves
    the old release untouched; what it left aside goes at the next start. The same
    content again changes nothing.

    Parameters
    ----------
    releases : Releases
        Where releases stand.
    season : str
        Name of the release.
    write : callable
        Writes all files but the manifest, and gives their row counts.
    facts : mapping
        What the manifest says besides: commit, digests, parameters. No times.

    Returns
    -------
    Path
        The immutable folder the links point to.
    """
    building = begin(releases, season)
    rows = write(building)
    manifest = {VERSION: SCHEMA_VERSION, **facts, "season": season, "files": _files(building, rows)}
    write_sealed(building / MANIFEST, manifest, releases.key_file, KIND)
    final = land(building, releases, season)
    for name in (season, CURRENT):
        point(releases.root / name, final)
    return final


def begin(releases: Releases, name: str) -> Path:
    """Make an empty folder in which a release is put together; what killed runs left goes."""
    releases.store.mkdir(parents=True, exist_ok=True)
    _sweep(releases)
    building = releases.store / f"{BUILDING}{name}"
    building.mkdir()
    return building


def land(building: Path, releases: Releases, season: str) -> Path:
    """Make what was put together a release of the store, by one atomic rename; no link leads to it yet."""
    _finish(building)
    return _settle(building, releases.store / release_name(season, building), releases.key_file)


def joined(*parts: Mapping[str, int | None]) -> dict[str, int | None]:
    """Join the rows by path that several writers tell.

    Raises
    ------
    StoreError
        When two of them wrote one path, or two that a file system may take for one: what
        the first wrote is lost.

    Examples
    --------
    >>> joined({"left.parquet": 3}, {"boards/530901.html": 9})
    {'left.parquet': 3, 'boards/530901.html': 9}
    """
    paths = Counter(folded(path) for part in parts for path in part)
    twice = sorted(path for part in parts for path in part if paths[folded(path)] > 1)
    if twice:
        raise StoreError(
            f"release: {twice[0]} was written twice, one place's file in the place of another's; "
            "the release before stands; report it with the ids of the two places"
        )
    return {path: rows for part in parts for path, rows in part.items()}


def _files(folder: Path, rows: Mapping[str, int | None]) -> dict[str, dict[str, Any]]:
    return {name: {"sha256": sha256(folder / name), "rows": rows[name]} for name in names(folder)}


def _settle(building: Path, final: Path, key_file: Path) -> Path:
    """Give the folder its final name, unless the same stands there whole already."""
    if final.exists():
        try:
            verify(final, key_file)
        except StoreError:
            remove_release(final)
        else:
            remove_release(building)
            return final
    building.rename(final)
    flush(final.parent)
    return final


def _sweep(releases: Releases) -> None:
    """Remove what a killed run left aside."""
    for stray in releases.store.glob(f"{BUILDING}*"):
        remove_release(stray)
    for link in releases.root.glob(".*.link"):
        link.unlink()


def _finish(folder: Path) -> None:
    """Make everything read-only and bring it to the disk before any link points there."""
    for path in (*sorted(folder.rglob("*")), folder):
        path.chmod(READ_ONLY_FOLDER if path.is_dir() else READ_ONLY_FILE)
        flush(path)


def remove_release(folder: Path) -> None:
    """Remove a folder of a release, which not even its owner may write to; of a link only the link."""
    if folder.is_symlink():
        folder.unlink()
        return
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)
    shutil.rmtree(folder)
