"""Make register rows of delivered rows, as a mapping says: one delivered row, many records."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import polars as pl

from register.errors import ContractError
from register.quarantine import Finding
from register.sources.delivery import RawTable, Sheet
from register.sources.fill import (
    TOO_SHORT,
    UNLISTED,
    delivered,
    filled,
    items,
    kind_filled,
    too_short,
    unlisted,
)
from register.sources.header import refuse_headless, safe_names
from register.sources.mapping import FileMapping, Record
from register.sources.mapping_cell import Cell


def check_headers(file: str, sheet: Sheet, mapping: FileMapping) -> None:
    """Refuse a file that lacks a mapped column."""
    missing = [header for header in mapping.headers if header not in sheet.frame.columns]
    if missing:
        columns = sheet.frame.columns
        refuse_headless(file, columns, mapping.headers)
        names = safe_names(columns, columns, mapping.headers)
        raise ContractError(
            f"{file}: mapped columns {missing} are missing, found are {names}; "
            "correct the export or copy the mapping and change it (docs/sources.md)"
        )


def tables_of(file: str, sheet: Sheet, mapping: FileMapping, pieces: Mapping[str, str]) -> Iterator[RawTable]:
    """Make all records of a delivered file.

    Parameters
    ----------
    file : str
        Name of the file as people know it.
    sheet : Sheet
        Its rows, all of one county.
    mapping : FileMapping
    pieces : mapping of str to str
        Pieces of its path.

    Yields
    ------
    RawTable
        One for every kind of record; a delivered row becomes at most one row of each.
    """
    for record in mapping.records:
        for single, made in _variants(record, sheet):
            name = f"{file} › {single.label}" if single.label else file
            yield _table(name, made, single, pieces)


def _variants(record: Record, sheet: Sheet) -> Iterator[tuple[Record, Sheet]]:
    """Give the rows that hold a record; where a cell lists several things, once for each thing."""
    made = sheet.where(_holds_record(record, sheet.frame))
    listing = next((name for name, cell in record.cells.items() if cell.each), None)
    if listing is None:
        yield record, made
        return
    cell = record.cells[listing]
    codes = cell.codes or {}
    listed = made.frame.select(items(cell).alias("items"))["items"]
    for code in dict.fromkeys(code for code in codes.values() if code):
        texts = [text for text, meaning in codes.items() if meaning == code]
        yield (
            _of(record, listing, Cell(constant=code), code),
            made.where(_any(listed, pl.element().is_in(texts))),
        )
    other = _any(listed, ~pl.element().is_in(list(codes)))
    as_it_stands = cell.model_copy(update={"column": cell.each, "each": None, "codes": None})
    yield _of(record, listing, as_it_stands, "?"), made.where(other)


def _holds_record(record: Record, frame: pl.DataFrame) -> pl.Series:
    cells = [record.own[name] for name in record.deciding]
    texts = [delivered(header, cell) for cell in cells for header in cell.headers]
    if not texts:
        return pl.repeat(value=True, n=len(frame), eager=True)
    return frame.select(pl.any_horizontal(text.is_not_null() for text in texts)).to_series()


def _of(record: Record, column: str, cell: Cell, code: str) -> Record:
    return replace(record, label=f"{record.label} {code}".strip(), own={**record.own, column: cell})


def _any(listed: pl.Series, fits: pl.Expr) -> pl.Series:
    return listed.list.eval(fits).list.any().fill_null(value=False)


def _table(name: str, sheet: Sheet, record: Record, pieces: Mapping[str, str]) -> RawTable:
    cells = record.cells
    frame = sheet.frame.select(filled(cell, pieces).alias(column) for column, cell in cells.items())
    inherited = [
        replace(finding, column=column)
        for column, cell in cells.items()
        for finding in sheet.findings
        if finding.column in cell.every_header
    ]
    doubts = [
        (column, doubt)
        for column, cell in cells.items()
        for doubt in ((unlisted(cell, pieces), UNLISTED), (too_short(cell), TOO_SHORT))
    ]
    strange = [
        Finding(sheet.frame.with_columns(doubt.alias("doubt"))["doubt"], column, *reason)
        for column, (doubt, reason) in doubts
        if doubt is not None
    ]
    return RawTable(record.table, name, frame, sheet.rows, (*inherited, *strange), _kinds(sheet, record))


def _kinds(sheet: Sheet, record: Record) -> pl.DataFrame | None:
    """Say what the cells of the record are, where they were taken over as they stood."""
    if sheet.kinds is None:
        return None
    expressions = {column: kind_filled(cell) for column, cell in record.cells.items()}
    return sheet.kinds.select(kind.alias(column) for column, kind in expressions.items() if kind is not None)
