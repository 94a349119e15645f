"""Open the source that the parameters name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from register.errors import ParamsError
from register.keys.passwords import refuse_password
from register.parameters import OneOf, Section, parameter

if TYPE_CHECKING:
    from register.sources.database import Database
    from register.sources.delivery import Source
    from register.sources.mapped import DeliveredSheets


# Each source is imported where it is opened: whoever reads parameters knows the kinds and opens none.


def _eph(path: Path) -> "Source":
    from register.sources.eph import EphSource

    return EphSource(path)


def _folder(path: Path) -> "Source":
    from register.sources.folder import FolderSource

    return FolderSource(path)


def _files(path: Path) -> "DeliveredSheets":
    from register.sources.mapped import MappedFiles

    return MappedFiles(path)


def _database(path: Path) -> "Database":
    from register.sources.database import Database

    return Database(path)


def _panel(path: Path, mapping: str | None = None) -> "Source":
    from register.sources.panel import PanelSource

    return PanelSource(path, mapping)


def _panel_settings(path: Path, mapping: str | None) -> Mapping[str, Any]:
    from register.sources.panel.mapping import load_panel

    return load_panel(path, mapping).settings()


def _sql(path: Path) -> "Source":
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
    by_own : callable or None
        Opens it with a mapping of its own kind, which may lie in the folder.
    settings : callable or None
        Gives the parameters that such a mapping decides, by dotted name.
    """

    named: Callable[[Path], "Source"]
    mapped: Callable[[Path], "DeliveredSheets"] | None = None
    by_own: Callable[[Path, str | None], "Source"] | None = None
    settings: Callable[[Path, str | None], Mapping[str, Any]] | None = None


#: The simulator writes a folder, so that it passes through the same door as real data.
KINDS: Mapping[str, Kind] = {
    "eph": Kind(_eph),
    "folder": Kind(_folder, _files),
    "panel": Kind(_panel, by_own=_panel, settings=_panel_settings),
    "simulator": Kind(_folder),
    "sql": Kind(_sql, _database),
}


class SourceParameters(Section):
    """Whose data a run reads."""

    kind: Annotated[str, OneOf(KINDS)] = parameter("whose data are read", who="analyst")
    path: str = parameter(
        "folder to read; for sql the file that holds the URL (docs/sources.md)", who="analyst", min_length=1
    )
    mapping: str | None = parameter(
        "mapping, a YAML file or national_exports; null: the register's names, for a panel its panel.yaml",
        who="analyst",
    )
    region: str | None = parameter(
        "region whose income line holds, where the mapping asks for it; GB/T 2260, in quotes", who="analyst"
    )
    exported_on: str | None = parameter(
        'day the delivery was exported, "YYYY-MM-DD"; for sql change it to read anew', who="analyst"
    )


def settings_of(kind: str, path: str, mapping: str | None) -> Mapping[str, Any]:
    """Give the parameters that the mapping of a source decides, by dotted name; most decide none.

    Raises
    ------
    ParamsError
        When the mapping is missing or cannot be read.
    """
    decided = KINDS[kind].settings if kind in KINDS else None
    return decided(Path(path), mapping) if decided else {}


def open_source(source: SourceParameters) -> "Source":
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
    by_own = KINDS[kind].by_own
    if by_own:
        return by_own(path, mapping)
    if not mapping:
        return KINDS[kind].named(path)
    open_mapped = KINDS[kind].mapped
    if not open_mapped:
        raise ParamsError(f"source.mapping: not for source.kind {kind}; set it to null")
    from register.sources.mapped import MappedSource

    pieces = {"exported_on": source.exported_on, "region": source.region}
    return MappedSource(open_mapped(path), mapping, {name: text for name, text in pieces.items() if text})
