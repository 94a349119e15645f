"""Which run figures are of: its source, season, code and day, and the command that made it."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from pipelines.workspace.workspace import Workspace
from register.errors import StoreError


@dataclass(frozen=True)
class Run:
    """A finished run, as its release and its record name it.

    Attributes
    ----------
    kind : str
        Of the source; names the run in documents.
    season, command, commit, day : str
        What was listed, how it was made, by which code and when.
    manifest_sha256 : str
        Of the release.
    """

    kind: str
    season: str
    command: str
    commit: str
    day: str
    manifest_sha256: str

    @property
    def sentence(self) -> str:
        """Say it in a document.

        Examples
        --------
        >>> Run("eph", "2020Q3", "huitou run", "0123456789", "2026-11-30", "ab").sentence
        '2026-11-30, commit 01234567'
        """
        return f"{self.day}, commit {self.commit[:8]}"

    def written(self) -> dict[str, Any]:
        """Give it as JSON holds it."""
        return asdict(self)


def run_of(workspace: Workspace) -> Run:
    """Read which run lies in a workspace.

    Parameters
    ----------
    workspace : Workspace
        Where `huitou run` has ended.

    Returns
    -------
    Run

    Raises
    ------
    StoreError
        When no run has ended there, or no trained model was judged in it.
    """
    if not workspace.release.is_file():
        raise StoreError(f"{workspace.release}: no finished run found; run huitou run first")
    pointer = json.loads(workspace.release.read_bytes())
    manifest = json.loads((workspace.folder / pointer["path"] / "manifest.json").read_bytes())
    if not manifest["trained_run"]:
        raise StoreError(f"{workspace.release}: no judged model found; figures need a run that judged one")
    record = json.loads((workspace.runs / manifest["trained_run"] / "record.json").read_bytes())
    kind, season = manifest["parameters"]["source"]["kind"], manifest["season"]
    return Run(
        kind=kind,
        season=season,
        command=_command(kind, season),
        commit=manifest["code_commit"] or "unknown",
        day=record["recorded_at"][:10],
        manifest_sha256=pointer["manifest_sha256"],
    )


def _command(kind: str, season: str) -> str:
    if kind == "simulator":
        return "huitou run"
    return f"huitou run --set source.kind={kind} --set source.path=FOLDER --set season={season}"
