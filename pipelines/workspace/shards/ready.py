"""Pieces of a stage that jobs made beforehand (`huitou shard`): taken while they are of what stands here."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.workspace.stage_code import code_of, digest
from pipelines.workspace.workspace import Workspace
from register.atomic import atomic_path

#: What decides pieces, by a name each; and how they are named by it, of a workspace and stage.
MadeFrom = Callable[[], Mapping[str, str]]
Named = Callable[[Workspace, str, MadeFrom], "Ready"]


@dataclass(frozen=True)
class Ready:
    """A folder of pieces, named by all that they were made from.

    Attributes
    ----------
    folder : Path
    """

    folder: Path

    @classmethod
    def of(cls, workspace: Workspace, stage: str, made_from: MadeFrom) -> "Ready":
        """Name the pieces of a stage by its code and whatever else decides them."""
        name = digest({**made_from(), "code": digest(code_of(stage))})[:16]
        return cls(_place(workspace, stage) / name)

    @classmethod
    def where_any(cls, workspace: Workspace, stage: str, made_from: MadeFrom) -> "Ready":
        """Name the pieces likewise; where there are none, what decides them is not read."""
        place = _place(workspace, stage)
        return cls.of(workspace, stage, made_from) if place.is_dir() else cls(place / "none")

    def path(self, county_id: str, piece: str) -> Path:
        """Say where a piece of a county stands, if it does: it appears whole."""
        return self.folder / piece / f"{county_id}.parquet"

    def take(self, county_id: str, piece: str, target: Path) -> bool:
        """Copy a piece to where the stage would write it; False where there is none."""
        made = self.path(county_id, piece)
        if made.is_file():
            with atomic_path(target) as aside:
                shutil.copyfile(made, aside)
        return made.is_file()

    def clear(self) -> None:
        """Forget the stage's pieces, those of before too: they were taken, or made from something else."""
        shutil.rmtree(self.folder.parent, ignore_errors=True)


def _place(workspace: Workspace, stage: str) -> Path:
    return workspace.artifacts / "shards" / stage
