"""Open the source that the parameters name."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from register.errors import ParamsError
from register.keys.passwords import refuse_password
from register.sources.delivery import Source
from register.sources.eph import EphSource
from register.sources.folder import FolderSource
from register.sources.mapped import MappedFiles, MappedSource

#: The simulator writes a folder, so that it passes through the same door as real data.
KINDS = ("eph", "folder", "simulator", "sql")


def open_source(params: Mapping[str, Any]) -> Source:
    """Open a source.

    Parameters
    ----------
    params : mapping
        Section ``source`` of the parameters: ``kind``, ``path``, and where files and
        columns have names of their own ``mapping`` and ``exported_on``.

    Returns
    -------
    Source

    Raises
    ------
    ParamsError
        When a path or a mapping may hold a password, the kind is unknown, or is one that no
        mapping can be used with.
    """
    kind, path, mapping = params["kind"], Path(params["path"]), params.get("mapping")
    for name in ("path", "mapping"):
        refuse_password(str(params.get(name)), f"source.{name}")
    if kind not in KINDS:
        raise ParamsError(f"source.kind: found {kind!r}, allowed are {list(KINDS)}; mend params.yaml")
    if mapping and kind not in ("folder", "sql"):
        raise ParamsError(f"source.mapping: not for source.kind {kind}; set it to null")
    exported_on = str(params.get("exported_on") or "")
    if kind == "sql":
        from register.sources.database import Database  # slow to import, and no other source needs it
        from register.sources.sql import SqlSource

        database = Database(path)
        return MappedSource(database, mapping, exported_on) if mapping else SqlSource(database)
    if mapping:
        return MappedSource(MappedFiles(path), mapping, exported_on)
    return EphSource(path) if kind == "eph" else FolderSource(path)
