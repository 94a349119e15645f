"""Read a column mapping from YAML, and refuse whatever a mapping can not say."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from register.contract import Table
from register.errors import ParamsError
from register.sources.cells import text_of
from register.sources.mapping import Cell, FileMapping, Record
from register.tables import TABLES

SHIPPED = Path(__file__).parent / "mappings"
#: Where a cell takes its text from; exactly one of them.
ORIGINS = ("from", "each", "add", "join", "given", "constant")
#: What is then done with the text.
CHANGES = ("missing", "part", "date", "day", "factor", "codes")
DAYS = ("first", "last")
#: What is no text though it stands without quotes, and with what it begins (YAML 1.2, 10.3.2, narrowed).
PLAIN = {
    "tag:yaml.org,2002:bool": (re.compile("(?:true|True|TRUE|false|False|FALSE)$"), "tTfF"),
    "tag:yaml.org,2002:int": (re.compile("[-+]?(?:0|[1-9][0-9]*)$"), "-+0123456789"),
}
MISSING = "a list of the numbers and texts that stand for no value, such as [9999999, -9]"
#: The one piece that need not stand in the path: `source.exported_on` can tell it.
EXPORTED_ON = "exported_on"


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
    made = tuple(_file(*_beside(path, entry)) for entry in files)
    _refuse_doubled(path, made)
    return made


def _refuse_doubled(path: Path, files: tuple[FileMapping, ...]) -> None:
    """Refuse two records of one delivered row that quarantine could not tell apart."""
    kinds = [(file.pattern, record.table, record.label) for file in files for record in file.records]
    doubled = sorted(
        {
            f"{table} {label}".strip()
            for pattern, table, label in kinds
            if kinds.count((pattern, table, label)) > 1
        }
    )
    if doubled:
        raise ParamsError(f"{path}: {doubled} is made twice of the same row; tell them apart by one_for_each")


class _Strict(yaml.CSafeLoader):
    """Reads plain words and numbers as they stand, and refuses a name that stands twice.

    YAML 1.1 makes true of ``yes``, 83 of ``0123`` and 750 of ``12:30``; YAML 1.2, and whoever
    writes a mapping, does not.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [self.construct_object(name, deep=True) for name, _ in node.value]
        if any(isinstance(name, list | dict) for name in names) or len(set(names)) < len(names):
            raise yaml.constructor.ConstructorError(problem="doubled name", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep=deep)


_Strict.yaml_implicit_resolvers = {
    first: [(tag, look) for tag, look in looks if tag not in PLAIN]
    for first, looks in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
for _tag, (_look, _first) in PLAIN.items():
    _Strict.add_implicit_resolver(_tag, _look, list(_first))


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        shipped = sorted(one.stem for one in SHIPPED.glob("*.yaml"))
        raise ParamsError(f"{path}: no such mapping; source.mapping is a YAML file or one of {shipped}")
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        place = getattr(getattr(fault, "problem_mark", None), "line", None)
        line = "" if place is None else f" line {place + 1}"
        raise ParamsError(
            f"{path}{line}: not readable as YAML; mend indents, colons and doubled names"
        ) from None
    if not isinstance(content, dict):
        raise ParamsError(f"{path}: found no names and values; see docs/sources.md")
    return content


def _beside(path: Path, entry: object) -> tuple[Path, Any]:
    """Follow the name of a file mapping that lies beside, or take what stands there."""
    if isinstance(entry, str):
        return path.parent / entry, _read(path.parent / entry)
    return path, entry


def _file(path: Path, layout: Any) -> FileMapping:  # noqa: ANN401 - parsed YAML
    _check_keys(
        path, "a file", layout, {"path", "county", "records"}, {"sheet", "header", "shared", "missing"}
    )
    if "missing" in layout and not _is_missing(layout["missing"]):
        raise ParamsError(f"{path}: missing is {layout['missing']!r}, allowed is {MISSING}")
    none = tuple(text_of(one) or "" for one in layout.get("missing", ()))
    _check_place(path, layout)
    shared = _cells(path, "shared", layout.get("shared", {}))
    records = [record for entry in layout["records"] for record in _records(path, entry, shared)]
    county = _cell(path, "county", layout["county"])
    made = FileMapping(
        layout["path"], layout.get("sheet"), layout.get("header", 1), county, tuple(records)
    ).without(none)
    unknown = sorted(made.named_pieces - made.expression.groupindex.keys() - {EXPORTED_ON})
    if unknown:
        raise ParamsError(f"{path}: given {unknown} is no {{piece}} of path {made.pattern!r}")
    return made


def _check_place(path: Path, layout: Mapping[str, Any]) -> None:
    """Refuse what says of no file, sheet and row where the records are."""
    header, pieces = layout.get("header", 1), re.findall(r"\{(\w+)\}", str(layout["path"]))
    if not _is_whole(header) or header < 1:
        raise ParamsError(f"{path}: header is {header!r}, allowed is a row number from 1 on")
    if not isinstance(layout.get("sheet", ""), str):
        raise ParamsError(f"{path}: sheet is {layout['sheet']!r}, allowed is its name as text in quotes")
    if not isinstance(layout["path"], str) or not all(map(str.isidentifier, pieces)):
        raise ParamsError(f"{path}: path is {layout['path']!r}, allowed is a text; a {{piece}} has a name")
    if len(set(pieces)) < len(pieces):
        raise ParamsError(f"{path}: path {layout['path']!r} has two pieces of one name; rename one")
    if not isinstance(layout["records"], list) or not layout["records"]:
        raise ParamsError(f"{path}: records is {layout['records']!r}, allowed is a list with one at least")


def _records(path: Path, entry: Any, shared: Mapping[str, Cell]) -> Iterator[Record]:  # noqa: ANN401
    _check_keys(path, "a record", entry, {"table"}, {"columns", "one_for_each"})
    name = entry["table"]
    if not isinstance(name, str) or name not in TABLES:
        raise ParamsError(f"{path}: found table {name!r}, allowed are {list(TABLES)}")
    common = {column: cell for column, cell in shared.items() if column in TABLES[name].by_name}
    columns = _cells(path, name, entry.get("columns", {}))
    for label, own in _split(path, name, entry.get("one_for_each")):
        record = Record(name, label, common, {**columns, **own}, tuple(own or columns))
        _check_record(path, record, TABLES[name])
        yield record


def _split(path: Path, table: str, groups: Any) -> Iterator[tuple[str, dict[str, Cell]]]:  # noqa: ANN401
    """Give the further columns of each record, by the code that tells it from the others."""
    if groups is None:
        yield "", {}
        return
    if not isinstance(groups, dict) or len(groups) != 1 or not isinstance(next(iter(groups.values())), dict):
        raise ParamsError(
            f"{path}: {table}: one_for_each names one column and for each of its codes the columns"
        )
    ((by, variants),) = groups.items()
    for code, cells in variants.items():
        yield str(code), {by: Cell(constant=str(code)), **_cells(path, table, cells)}


def _cells(path: Path, place: str, entries: Any) -> dict[str, Cell]:  # noqa: ANN401
    if not isinstance(entries, dict):
        raise ParamsError(f"{path}: {place}: expected register columns with what fills them")
    return {name: _cell(path, f"{place}.{name}", entry) for name, entry in entries.items()}


def _cell(path: Path, place: str, content: Any) -> Cell:  # noqa: ANN401
    entry = {"from": content} if isinstance(content, str) else content
    if not isinstance(entry, dict) or sum(origin in entry for origin in ORIGINS) != 1:
        raise ParamsError(f"{path}: {place}: expected a delivered column, or one of {list(ORIGINS)}")
    unknown = sorted(entry.keys() - {*ORIGINS, *CHANGES})
    origin = next(origin for origin in ORIGINS if origin in entry)
    listed, value = origin in ("add", "join"), entry[origin]
    right = _is_names(value) if listed else isinstance(value, str) and value
    if unknown or not right:
        raise ParamsError(
            f"{path}: {place}: unknown {unknown}, {origin} {value!r}; {origin} takes "
            f"{'a list of delivered columns' if listed else 'one text in quotes'}, "
            f"changes are {list(CHANGES)}"
        )
    headers = tuple(value) if listed else (value,) if origin in ("from", "each") else ()
    return Cell(
        headers=headers,
        piece=value if origin == "given" else "",
        constant=value if origin == "constant" else "",
        each=origin == "each",
        add=origin == "add",
        join=origin == "join",
        **_changes(path, place, entry),
    )


def _changes(path: Path, place: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    changes = {name: entry[name] for name in CHANGES if name in entry}
    codes, part, spelling = changes.get("codes"), changes.get("part"), changes.get("date")
    faults = {
        "codes is a list of 'delivered text': code": codes is not None and not _is_codes(codes),
        "each needs codes": "each" in entry and codes is None,
        "part is [first, last] character": part is not None and not _is_part(part),
        "date is spelled with YYYY, MM and DD, each once at most, no DD without MM": spelling is not None
        and not _is_spelling(spelling),
        f"day is one of {DAYS}, for a date without DD": ("day" in changes) != _lacks_day(spelling)
        or changes.get("day", "first") not in DAYS,
        "factor is a whole number other than 0": not _is_whole(changes.get("factor", 1))
        or changes.get("factor") == 0,
        f"missing is {MISSING}": "missing" in changes and not _is_missing(changes["missing"]),
    }
    if any(faults.values()):
        raise ParamsError(f"{path}: {place}: {'; '.join(text for text, wrong in faults.items() if wrong)}")
    if part:
        changes["part"] = tuple(part)
    return {**changes, "missing": tuple(text_of(one) or "" for one in changes.get("missing", ()))}


def _is_missing(value: object) -> bool:
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(one, str | int | float | date) and not isinstance(one, bool) for one in value)


def _is_names(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _is_codes(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(text, str) and (code is None or isinstance(code, str)) for text, code in value.items()
    )


def _is_part(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 2 or not all(_is_whole(place) for place in value):
        return False
    return bool(1 <= value[0] <= value[1])


def _is_spelling(value: object) -> bool:
    if not isinstance(value, str) or value.count("YYYY") != 1:
        return False
    signs = re.sub("YYYY|MM|DD", "", value, count=3)
    return not re.search("[A-Za-z0-9]", signs) and ("MM" in value or "DD" not in value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _lacks_day(spelling: object) -> bool:
    return isinstance(spelling, str) and "DD" not in spelling


def _check_keys(path: Path, what: str, content: object, needed: set[str], allowed: set[str]) -> None:
    keys = set(content) if isinstance(content, dict) else set()
    missing, unknown = sorted(needed - keys), sorted(keys - needed - allowed)
    if missing or unknown:
        raise ParamsError(
            f"{path}: {what} lacks {missing} and has unknown {unknown}; it has {sorted(needed)}, "
            f"and may have {sorted(allowed)}"
        )


def _check_record(path: Path, record: Record, table: Table) -> None:
    unknown = sorted({*record.own} - table.by_name.keys())
    missing = [column.name for column in table.columns if column.required and column.name not in record.cells]
    if unknown or missing:
        raise ParamsError(
            f"{path}: {table.name} {record.label}: unknown columns {unknown}, no value for required "
            f"{missing}; allowed are {list(table.by_name)}"
        )
    for name, cell in record.cells.items():
        allowed = table.by_name[name].codes
        codes = cell.codes.values() if cell.codes else [cell.constant] if cell.constant else []
        wrong = sorted({code for code in codes if code and allowed and code not in allowed})
        if wrong:
            raise ParamsError(
                f"{path}: {table.name}.{name}: unknown codes {wrong}, allowed are {list(allowed)}"
            )
