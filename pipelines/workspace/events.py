"""What people did with what is known of households: one sealed entry an act, each naming the one before."""

import getpass
from datetime import datetime
from typing import Any

from pipelines.workspace.flock import locked
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import Workspace
from register.keys.sealed_chain import SealedChain
from register.keys.seals import seal_key_file

REMEDY = "restore events/ from its last copy (nothing else says who did what)"


def keep_event(workspace: Workspace, params: Parameters, what: str, **facts: Any) -> None:  # noqa: ANN401 - JSON
    """Note an act before it takes effect: one that cannot be noted is not done.

    Parameters
    ----------
    workspace, params
        Whose events, under whose seal.
    what : str
        The act, as its command is called.
    **facts
        On what: releases, files and households by hash or pseudonym. Never a name of a household.

    Raises
    ------
    StoreError
        When the end of the chain is gone or was changed.
    """
    workspace.events.mkdir(mode=0o700, exist_ok=True)
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    with locked(workspace.events / ".lock", wait=True):
        chain = _chain(workspace, params)
        chain.refuse_other_end()
        chain.append({"what": what, "account": getpass.getuser(), "at": at, **facts})


def kept_events(workspace: Workspace, params: Parameters) -> list[dict[str, Any]]:
    """Read every event, oldest first.

    Raises
    ------
    StoreError
        When one is missing or damaged, the last ones too.
    """
    return _chain(workspace, params).entries()


def _chain(workspace: Workspace, params: Parameters) -> SealedChain:
    return SealedChain(workspace.events, seal_key_file(params.privacy), REMEDY)
