"""Who was handed which file: events of what was written to be handed out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipelines.workspace.events import keep_event, kept_events
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import Workspace
from register.errors import ParamsError

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
    what: str,
    facts: Mapping[str, Any],
    files: Sequence[HandedFile],
) -> None:
    """Note a hand-out among the events, before anybody can open its files.

    Parameters
    ----------
    workspace, params
        Whose events, under whose seal.
    what : str
        The command that writes them.
    facts : mapping
        ``to`` (None for whoever writes them), ``season``, ``list_id``, ``with_names``, places.
    files : sequence of HandedFile

    Raises
    ------
    StoreError
        When the chain is damaged: then nothing is handed out.
    """
    keep_event(workspace, params, what, **facts, files=[asdict(one) for one in files])


def kept_handouts(workspace: Workspace, params: Parameters) -> list[dict[str, Any]]:
    """Read the hand-outs that went to somebody, oldest first.

    Raises
    ------
    StoreError
        When one is missing or damaged.
    """
    return [one for one in kept_events(workspace, params) if one.get("to")]
