"""Read the files of a panel: of each the mapped columns, wave by wave."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from register.cells.blanks import trimmed
from register.errors import ContractError, SourceError
from register.sources.delivery import Sheet
from register.sources.files import is_readable, read_sheet
from register.sources.header import safe_names
from register.sources.intake import read_whole
from register.sources.labelled import READERS, columns_of, read_labelled
from register.sources.mapping_cell import Cell
from register.sources.panel.layout import OF_HOUSEHOLDS, FileLayout
from register.sources.panel.waves import POINT, Wave

#: How programs write that there is no value.
NO_VALUE = ("NA", "N/A", "n/a", "NaN", "nan", "NULL", "None", ".", "#N/A", "#NULL!")
WAVE = "{wave}"
#: Kinds of facts, before the dot of a column's name; those of tables begin with their table.
AMOUNT, PART, HEAD = "amount", "parts", "head"


@dataclass(frozen=True)
class Rows:
    """What one file tells of one wave.

    Attributes
    ----------
    file : str
        As people know it.
    layout : FileLayout
    wave : Wave
    frame : DataFrame
        Its rows with ``household``, ``person`` where rows are persons, and the delivered columns.
    cells : mapping of str to Cell
        By fact, such as ``weight``, ``amount.other`` or ``members.sex``; their columns are there.
    """

    file: str
    layout: FileLayout
    wave: Wave
    frame: pl.DataFrame
    cells: Mapping[str, Cell]


def read_rows(folder: Path, layout: FileLayout, waves: Sequence[Wave]) -> Iterator[Rows]:
    """Read a file, or a file a wave.

    Yields
    ------
    Rows
        One for each wave that it tells of.

    Raises
    ------
    SourceError
        When no file fits, or one cannot be read.
    ContractError
        When a mapped column is missing, or no row is of any wave.
    """
    files = _files(folder, layout, waves)
    names, resolved = list[str](), set[str]()
    for path, wave in files:
        file = path.relative_to(folder).as_posix()
        sheet = _sheet(path, layout, waves if wave is None else (wave,))
        names.append(file)
        for one in waves if wave is None else (wave,):
            rows = _of_wave(file, sheet.frame, layout, one)
            if rows is not None:
                resolved |= rows.cells.keys()
                yield rows
    _refuse_unread(", ".join(dict.fromkeys(names)), layout, waves, resolved)


def _refuse_unread(names: str, layout: FileLayout, waves: Sequence[Wave], resolved: set[str]) -> None:
    """Refuse a mapping of which a file has nothing in any wave."""
    lacking = [
        header
        for fact, cell in facts_of(layout).items()
        for header in cell.headers
        if fact not in resolved and (resolved or WAVE in header)
    ]
    if lacking:
        raise ContractError(
            f"{names}: mapped column {lacking[0]!r} is there for no wave {[one.name for one in waves]}; mend "
            "the mapping, or add what the columns call them to waves.NAME.called"
        )
    if not resolved:
        raise ContractError(
            f"{names}: no row is of any wave {[one.name for one in waves]}; mend `wave`, or add what the "
            "file calls them to waves.NAME.called"
        )


def facts_of(layout: FileLayout) -> dict[str, Cell]:
    """Give every cell of a file by its fact, but for the numbers of households and persons."""
    by_source = {f"{AMOUNT}.{source}": cell for source, cell in (layout.amount or {}).items()}
    by_source |= {f"{PART}.{source}": cell for source, cell in (layout.parts or {}).items()}
    of_tables = {
        f"{table}.{name}": cell for table, cells in layout.tables.items() for name, cell in cells.items()
    }
    plain = {name: cell for name in OF_HOUSEHOLDS if (cell := getattr(layout, name)) is not None}
    head = {f"{HEAD}.{name}": cell for name, cell in layout.head.items()}
    return plain | by_source | of_tables | head


def _files(folder: Path, layout: FileLayout, waves: Sequence[Wave]) -> list[tuple[Path, Wave | None]]:
    """Find the files, each with its wave where it is of one."""
    if WAVE not in layout.path:
        path = folder / layout.path
        if not path.is_file():
            _refuse_absent(folder, layout)
        one = next((wave for wave in waves if layout.only == wave.name), None)
        return [(path, one)]
    tried = ((folder / layout.path.replace(WAVE, name), wave) for wave in waves for name in wave.names)
    existing = {wave.name: (path, wave) for path, wave in tried if path.is_file()}
    if not existing:
        _refuse_absent(folder, layout)
    return list(existing.values())


def _refuse_absent(folder: Path, layout: FileLayout) -> None:
    readable = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    known = [name for name in readable if is_readable(folder / name)]
    raise SourceError(f"{folder / layout.path}: no such file, found are {known[:12]}; mend files.path")


def _sheet(path: Path, layout: FileLayout, waves: Sequence[Wave]) -> Sheet:
    """Read the mapped columns of a labelled file, which may have a thousand, and all of another."""
    raw = read_whole(path)
    if path.suffix.lower() not in READERS:
        return read_sheet(path, raw, layout.sheet, layout.header)
    columns = columns_of(path, raw)
    cells = [*facts_of(layout).values(), *filter(None, (layout.household, layout.person, layout.origin))]
    wanted = {_header(one, wave, columns) for cell in cells for one in cell.every_header for wave in waves}
    others = (*layout.keep, *layout.leave_out, *filter(None, (layout.wave,)))
    wanted |= {_header(one, wave, columns) for one in others for wave in waves}
    named = [name for name in columns if name in wanted]
    return (
        read_labelled(path, raw, named)
        if named
        else Sheet.of(pl.DataFrame(schema=dict.fromkeys(columns, pl.String)))
    )


def _of_wave(file: str, frame: pl.DataFrame, layout: FileLayout, wave: Wave) -> Rows | None:
    """Keep the rows of a wave; None where there is none."""
    columns = frame.columns
    if layout.wave:
        by = _existing(file, layout.wave, wave, columns)
        frame = frame.filter(_plain(pl.col(by)).is_in(list(wave.names)))
    frame = frame.filter(_is_read(file, layout, wave, columns))
    if frame.is_empty():
        return None
    missing = (*NO_VALUE, *layout.no_answer)
    cells, waved = dict[str, Cell](), list[str]()
    for fact, cell in facts_of(layout).items():
        resolved = _resolved(file, cell, wave, columns)
        if resolved is not None:
            cells[fact] = resolved.without(missing)
            waved += [one for one in resolved.headers if WAVE in "".join(cell.headers)]
    if any(WAVE in header for cell in facts_of(layout).values() for header in cell.headers):
        frame = (
            frame.filter(pl.any_horizontal(_known(header, missing) for header in waved))
            if waved
            else frame.clear()
        )
    own = _numbers(file, layout, wave, columns, missing)
    frame = frame.with_columns(**own).filter(
        pl.all_horizontal(pl.col(name).is_not_null() for name in own if name != "origin:")
    )
    return Rows(file, layout, wave, frame, cells) if len(frame) else None


def _is_read(file: str, layout: FileLayout, wave: Wave, columns: Sequence[str]) -> pl.Expr:
    """Say which rows the mapping keeps and does not leave out."""
    listed = [
        _plain(pl.col(_existing(file, name, wave, columns))).is_in(list(values)).fill_null(value=False)
        ^ is_out
        for names, is_out in ((layout.keep, False), (layout.leave_out, True))
        for name, values in names.items()
    ]
    return pl.all_horizontal(pl.lit(value=True), *listed)


def _numbers(
    file: str, layout: FileLayout, wave: Wave, columns: Sequence[str], missing: tuple[str, ...]
) -> dict[str, pl.Expr]:
    """Give the numbers of household, person and origin, parts joined by -; missing where a part is."""
    cells = {"household:": layout.household, "person:": layout.person, "origin:": layout.origin}
    made = {}
    for name, cell in cells.items():
        if cell is not None:
            headers = [_existing(file, one, wave, columns) for one in cell.headers]
            zeros = "^0+([0-9])" if layout.drop_zeros else "^()$"
            plain = [_plain(pl.col(one)).str.replace(zeros, "${1}") for one in headers]
            parts = [
                pl.when(_known(one, missing)).then(text) for one, text in zip(headers, plain, strict=True)
            ]
            made[name] = pl.concat_str(parts, separator="-")
    return made


def _known(header: str, missing: tuple[str, ...]) -> pl.Expr:
    return (_plain(pl.col(header)).is_not_null() & ~_plain(pl.col(header)).is_in(list(missing))).fill_null(
        value=False
    )


def _plain(text: pl.Expr) -> pl.Expr:
    """Write 7.0 as 7: a column of whole numbers that had gaps is kept so."""
    return trimmed(text).str.replace(POINT, "${1}")


def _resolved(file: str, cell: Cell, wave: Wave, columns: Sequence[str]) -> Cell | None:
    """Name the columns as the file does; None where a column of each wave is not there in this one."""
    names = {one: _header(one, wave, columns) for one in cell.every_header}
    if any(name is None and WAVE in one for one, name in names.items()):
        return None
    for one in names:
        _existing(file, one, wave, columns)
    column = names.get(cell.column or "", cell.column)
    added = tuple(names[one] or "" for one in cell.add) if cell.add else None
    joined = tuple(names[one] or "" for one in cell.join) if cell.join else None
    return cell.model_copy(update={"column": column, "add": added, "join": joined})


def _existing(file: str, header: str, wave: Wave, columns: Sequence[str]) -> str:
    name = _header(header, wave, columns)
    if name is None:
        held = safe_names(columns, columns)[:60]
        raise ContractError(
            f"{file}: mapped column {header.replace(WAVE, wave.name)!r} is missing, found are {held}; mend "
            "the mapping"
        )
    return name


def _header(header: str, wave: Wave, columns: Sequence[str]) -> str | None:
    """Find a column, whatever its capitals where no other differs by them alone."""
    for name in dict.fromkeys(header.replace(WAVE, one) for one in wave.names):
        if name in columns:
            return name
        alike = [one for one in columns if one.casefold() == name.casefold()]
        if len(alike) == 1:
            return alike[0]
    return None
