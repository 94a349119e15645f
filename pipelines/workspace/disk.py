"""Room on the disk: a run writes as much again as it keeps before it lets go of what was."""

import shutil
from pathlib import Path

from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import Workspace
from register.errors import StoreError

GIB = 2**30


def room(workspace: Workspace, params: Parameters) -> str:
    """Say how much is free and how much a run needs.

    Parameters
    ----------
    workspace : Workspace
        Whose disk, and what is kept on it.
    params : Parameters
        ``compute.free_disk``, GiB.

    Raises
    ------
    StoreError
        When less is free.
    """
    free = shutil.disk_usage(workspace.folder).free
    kept = _size(workspace.artifacts) + _size(workspace.releases)
    needed = max(kept, int(params.compute.free_disk * GIB))
    if free < needed:
        raise StoreError(
            f"disk: found {free / GIB:.1f} GiB free, a run needs {needed / GIB:.1f} GiB, as much again as it "
            "keeps; make room"
        )
    return f"{free / GIB:.1f} GiB free, a run needs {needed / GIB:.1f} GiB"


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
