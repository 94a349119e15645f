"""Files for their owner alone: what stands in a workspace is about people's incomes and illnesses."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.workspace.workspace import Workspace

#: What the group and everybody else may do: nothing.
OTHERS = 0o077


@contextmanager
def for_owner_alone() -> Iterator[None]:
    """Make every file 0600 and every folder 0700 from its first moment."""
    before = os.umask(OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def shut(workspace: Workspace) -> None:
    """Close to others the folders of a workspace that hold people's data, whoever made them."""
    for folder in open_to_others(workspace):
        folder.chmod(folder.stat().st_mode & ~OTHERS)


def open_to_others(workspace: Workspace) -> list[Path]:
    """Name the folders with people's data that others may enter; DVC keeps copies of artifacts.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> office = Workspace(Path(mkdtemp()))
    >>> office.releases.mkdir(mode=0o700), open_to_others(office)
    (None, [])
    """
    kept = (
        workspace.artifacts,
        workspace.releases,
        workspace.lookbacks,
        workspace.shadows,
        workspace.runs,
        workspace.events,
        workspace.folder / ".dvc",
    )
    return [folder for folder in kept if folder.is_dir() and folder.stat().st_mode & OTHERS]
