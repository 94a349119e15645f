"""Invented data are what the simulator wrote here: their ids are hidden under a published key."""

from pathlib import Path

from pipelines.workspace.workspace import Workspace
from register.errors import ParamsError
from register.keys.published import is_invented
from register.sources.open import SourceParameters


def refuse_own_files_as_invented(workspace: Workspace, source: SourceParameters) -> None:
    """Refuse files of a place's own that are called simulated, before anybody of them is hidden in vain.

    Raises
    ------
    ParamsError
        When the source is of an invented kind and its path is not where the simulator writes.
    """
    if is_invented(source.kind) and Path(source.path).resolve() != workspace.simulated.resolve():
        raise ParamsError(
            f"source.path: found {source.path}, allowed for source.kind {source.kind} is "
            f"{workspace.simulated}, for its ids are hidden under a key that everybody can read; "
            "set source.kind to folder"
        )
