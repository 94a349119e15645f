"""Build a folder beside the old one and swap it in whole."""

import shutil
from pathlib import Path


def begin(root: Path) -> Path:
    """Make an empty folder to build in.

    Parameters
    ----------
    root : Path
        The folder to be replaced by `swap`.

    Returns
    -------
    Path
        ``<root>.building``. What a killed run left is undone first: an unfinished folder
        goes, one that was moved but not replaced comes back.
    """
    building, old = _beside(root, "building"), _beside(root, "old")
    if old.exists() and not root.exists():
        old.rename(root)
    for leftover in (building, old):
        if leftover.exists():
            shutil.rmtree(leftover)
    building.mkdir(parents=True)
    return building


def swap(building: Path, root: Path) -> None:
    """Put the finished folder in the place of the old one."""
    old = _beside(root, "old")
    if root.exists():
        root.rename(old)
    building.rename(root)
    if old.exists():
        shutil.rmtree(old)


def _beside(root: Path, state: str) -> Path:
    return root.with_name(f"{root.name}.{state}")
