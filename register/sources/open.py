"""Open the source that the parameters name."""

from pathlib import Path

from register.errors import ParamsError
from register.keys.passwords import refuse_password
from register.sources.delivery import Source
from register.sources.eph import EphSource
from register.sources.folder import FolderSource
from register.sources.mapped import MappedFiles, MappedSource
from register.sources.settings import SourceParameters


def open_source(source: SourceParameters) -> Source:
    """Open a source.

    Parameters
    ----------
    source : SourceParameters
        Kind, path, and where files and columns have names of their own mapping and day.

    Returns
    -------
    Source

    Raises
    ------
    ParamsError
        When a path or a mapping may hold a password, or the kind is one that no mapping can be
        used with.
    """
    kind, path, mapping = source.kind, Path(source.path), source.mapping
    for name, text in (("path", source.path), ("mapping", mapping)):
        refuse_password(str(text), f"source.{name}")
    if mapping and kind not in ("folder", "sql"):
        raise ParamsError(f"source.mapping: not for source.kind {kind}; set it to null")
    exported_on = source.exported_on or ""
    if kind == "sql":
        from register.sources.database import Database  # slow to import, and no other source needs it
        from register.sources.sql import SqlSource

        database = Database(path)
        return MappedSource(database, mapping, exported_on) if mapping else SqlSource(database)
    if mapping:
        return MappedSource(MappedFiles(path), mapping, exported_on)
    # The simulator writes a folder, so that it passes through the same door as real data.
    return EphSource(path) if kind == "eph" else FolderSource(path)
