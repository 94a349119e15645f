"""Who was handed which file: one sealed entry a hand-out, each naming the one before it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import Workspace
from register.errors import ParamsError
from register.keys.sealed_chain import SealedChain
from register.keys.seals import seal_key_file

REMEDY = "restore handouts/ from its last copy (nothing else says who holds which file)"
#: Letters of a recipient's name, at most: a line of the terminal.
MOST_LETTERS = 60


@dataclass(frozen=True)
class HandedFile:
    """A file as it was handed out: its path in the folder, its hash, its place, its households."""

    path: str
    sha256: str
    place: str
    households: int


def recipient(name: str) -> str:
    """Give a recipient's name on one line.

    Raises
    ------
    ParamsError
        When nothing is left of it, or it is no name.

    Examples
    --------
    >>> recipient(" 凤翔街道 李红 ")
    '凤翔街道 李红'
    """
    line = " ".join(name.split())
    if not line or len(line) > MOST_LETTERS:
        raise ParamsError(
            f"--to: found {len(line)} letters, allowed are 1 to {MOST_LETTERS}; name who gets it"
        )
    return line


def keep_handout(
    workspace: Workspace,
    params: Parameters,
    facts: dict[str, Any],
    files: Sequence[HandedFile],
) -> None:
    """Add a hand-out to the chain; what was handed out before is never changed.

    Parameters
    ----------
    workspace, params
        Whose chain, under whose seal.
    facts : dict
        ``to``, ``on`` (day, ISO), ``season``, ``list_id``, ``with_names``.
    files : sequence of HandedFile
    """
    _chain(workspace, params).append({**facts, "files": [asdict(one) for one in files]})


def kept_handouts(workspace: Workspace, params: Parameters) -> list[dict[str, Any]]:
    """Read every hand-out, oldest first.

    Raises
    ------
    StoreError
        When one is missing or damaged.
    """
    return _chain(workspace, params).entries()


def _chain(workspace: Workspace, params: Parameters) -> SealedChain:
    return SealedChain(workspace.handouts, seal_key_file(params.privacy), REMEDY)
