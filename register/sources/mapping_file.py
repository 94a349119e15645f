"""Load a column mapping, and refuse whatever a mapping can not say."""

from collections import Counter
from pathlib import Path
from typing import Any

from register.errors import ParamsError
from register.sources.mapping import FileMapping
from register.sources.mapping_layout import FileLayout
from register.sources.mapping_yaml import read_yaml

SHIPPED = Path(__file__).parent / "mappings"


def load_mapping(name: str) -> tuple[FileMapping, ...]:
    """Read a mapping: a YAML file, or the name of one that is shipped.

    Raises
    ------
    ParamsError
        When the file is missing, is no YAML, or says something a mapping can not say.

    Examples
    --------
    >>> [mapping.pattern for mapping in load_mapping("national_exports")][0]
    '{exported_on}/*行政村信息*'
    """
    shipped = SHIPPED / f"{name}.yaml"
    path = shipped if shipped.is_file() else Path(name)
    files = _read(path).get("files")
    if not isinstance(files, list) or not files:
        raise ParamsError(f"{path}: found no list of files; see docs/sources.md")
    layouts = [FileLayout.of(*_beside(path, number, entry)) for number, entry in enumerate(files, 1)]
    made = tuple(layout.mapping() for layout in layouts)
    _refuse_doubled(path, made)
    return made


def _read(path: Path) -> dict[Any, Any]:
    if not path.is_file():
        shipped = sorted(one.stem for one in SHIPPED.glob("*.yaml"))
        raise ParamsError(f"{path}: no such mapping; source.mapping is a YAML file or one of {shipped}")
    return read_yaml(path)


def _beside(path: Path, number: int, entry: object) -> tuple[object, str]:
    """Follow the name of a file mapping that lies beside, or take what stands there; say where it stands."""
    if isinstance(entry, str):
        if not (path.parent / entry).resolve().is_relative_to(path.parent.resolve()):
            raise ParamsError(f"{path}: files item {number} lies outside its folder; put that file there")
        return _read(path.parent / entry), f"{path.parent / entry}:"
    return entry, f"{path}: files item {number}"


def _refuse_doubled(path: Path, files: tuple[FileMapping, ...]) -> None:
    """Refuse two records of one delivered row that quarantine could not tell apart."""
    counts = Counter((file.pattern, record.name) for file in files for record in file.records)
    doubled = sorted({name for (_, name), n in counts.items() if n > 1})
    if doubled:
        raise ParamsError(f"{path}: {doubled} is made twice of the same row; tell them apart by one_for_each")
