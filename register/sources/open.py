"""Open a source by its kind."""

from collections.abc import Callable
from pathlib import Path

from register.errors import ParamsError
from register.sources.delivery import Source
from register.sources.eph import EphSource
from register.sources.folder import FolderSource

#: The simulator writes a folder, so that it passes through the same door as real data.
KINDS: dict[str, Callable[[Path], Source]] = {
    "simulator": FolderSource,
    "folder": FolderSource,
    "eph": EphSource,
}


def open_source(kind: str, path: Path) -> Source:
    """Open the source that the parameters name.

    Parameters
    ----------
    kind : str
        ``simulator``, ``folder`` or ``eph``.
    path : Path
        Where it lies.

    Returns
    -------
    Source

    Raises
    ------
    ParamsError
        When `kind` is unknown.
    """
    if kind not in KINDS:
        raise ParamsError(f"source.kind: found {kind!r}, allowed are {sorted(KINDS)}; mend params.yaml")
    return KINDS[kind](path)
