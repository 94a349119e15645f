"""Open the source that the parameters name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from register.errors import ParamsError
from register.keys.passwords import refuse_password
from register.sources.delivery import Source
from register.sources.eph import EphSource
from register.sources.folder import FolderSource
from register.sources.mapped import Delivery, MappedFiles, MappedSource

if TYPE_CHECKING:
    from register.sources.database import Database


def _database(path: Path) -> "Database":
    from register.sources.database import Database  # slow to import, and no other source needs it

    return Database(path)


def _sql(path: Path) -> Source:
    from register.sources.sql import SqlSource

    return SqlSource(_database(path))


@dataclass(frozen=True)
class Kind:
    """A kind of source.

    Attributes
    ----------
    named : callable
        Opens ``source.path`` where tables and columns have the register's own names.
    mapped : callable or None
        Opens it for a column mapping; None where no mapping can be used.
    """

    named: Callable[[Path], Source]
    mapped: Callable[[Path], Delivery] | None = None


#: The simulator writes a folder, so that it passes through the same door as real data.
KINDS: Mapping[str, Kind] = {
    "eph": Kind(EphSource),
    "folder": Kind(FolderSource, MappedFiles),
    "simulator": Kind(FolderSource),
    "sql": Kind(_sql, _database),
}


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
    if not mapping:
        return KINDS[kind].named(path)
    open_mapped = KINDS[kind].mapped
    if not open_mapped:
        raise ParamsError(f"source.mapping: not for source.kind {kind}; set it to null")
    return MappedSource(open_mapped(path), mapping, str(params.get("exported_on") or ""))
