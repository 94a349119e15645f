"""Releases: built aside, hashed, flushed, and swapped in by renaming a link."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from register.atomic import sha256, write_json
from register.errors import StoreError

MANIFEST, STORE, CURRENT, BUILDING = "manifest.json", ".store", "current", ".building-"

#: Writes the files into the folder and tells the rows of each by its relative path.
Write = Callable[[Path], Mapping[str, int | None]]


def release(releases: Path, season: str, write: Write, facts: Mapping[str, Any]) -> Path:
    """Publish a release.

    Everything is written into ``.store/.building-<season>``; only when the manifest
    stands and all is flushed, the folder takes its final name and the links
    ``<season>`` and then ``current`` are renamed onto it. A failure before that leaves
    the old release untouched; what it left aside goes at the next start. The same
    content again changes nothing.

    Parameters
    ----------
    releases : Path
        Folder of releases.
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
    store = releases / STORE
    store.mkdir(parents=True, exist_ok=True)
    _sweep(releases)
    building = store / f"{BUILDING}{season}"
    building.mkdir()
    rows = write(building)
    write_json(building / MANIFEST, {**facts, "season": season, "files": _files(building, rows)})
    _flush(building)
    final = _settle(building, store / f"{season}-{sha256(building / MANIFEST)[:12]}")
    for name in (season, CURRENT):
        _point(releases / name, final)
    return final


def verify(folder: Path) -> dict[str, Any]:
    """Check every file of a release against its manifest.

    Returns
    -------
    dict
        The manifest.

    Raises
    ------
    StoreError
        When the manifest or a file is missing, changed or not announced.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise StoreError(f"{folder}: no {MANIFEST} found; publish the season again (huitou run)")
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    found, told = set(_names(folder)), manifest["files"]
    damaged = [name for name in told if name not in found or sha256(folder / name) != told[name]["sha256"]]
    wrong = sorted({*damaged, *(found - told.keys())})
    if wrong:
        raise StoreError(
            f"{folder / wrong[0]}: missing, changed or not in the manifest ({len(wrong)} such files); "
            "publish the season again (huitou run)"
        )
    return manifest


def digest_of(names: Mapping[str, str]) -> str:
    """Hash a mapping of names to hashes into one."""
    return hashlib.sha256("".join(f"{name} {names[name]}\n" for name in sorted(names)).encode()).hexdigest()


def _names(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in files if path.name != MANIFEST)


def _files(folder: Path, rows: Mapping[str, int | None]) -> dict[str, dict[str, Any]]:
    return {name: {"sha256": sha256(folder / name), "rows": rows[name]} for name in _names(folder)}


def _settle(building: Path, final: Path) -> Path:
    """Give the folder its final name, unless the same stands there whole already."""
    if final.exists():
        try:
            verify(final)
        except StoreError:
            shutil.rmtree(final)
        else:
            shutil.rmtree(building)
            return final
    building.rename(final)
    _flush_one(final.parent)
    return final


def _point(link: Path, final: Path) -> None:
    target = final.relative_to(link.parent)
    if link.is_symlink() and link.readlink() == target:
        return
    if link.exists() and not link.is_symlink():
        raise StoreError(f"{link}: found a folder where a link to a release belongs; move it away")
    aside = link.with_name(f".{link.name}.link")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target, target_is_directory=True)
    aside.replace(link)
    _flush_one(link.parent)


def _sweep(releases: Path) -> None:
    """Remove what a killed run left aside."""
    for stray in (releases / STORE).glob(f"{BUILDING}*"):
        shutil.rmtree(stray)
    for link in releases.glob(".*.link"):
        link.unlink()


def _flush(folder: Path) -> None:
    """Bring every file and folder to the disk before any link points there."""
    for path in (*sorted(folder.rglob("*")), folder):
        _flush_one(path)


def _flush_one(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
