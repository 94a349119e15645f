"""What a mapping says of one file, as YAML holds it, and the records made of it."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from register.parameters import OneOf, Section, parameter
from register.sources.mapping import FileMapping, Record
from register.sources.mapping_cell import Cell, Missing
from register.tables import TABLES

#: The pieces that need not stand in the path, as `source` can tell them; and what each is.
BY_SOURCE = {
    "exported_on": "the day the delivery was exported",
    "region": "the code of the province, or of the county with a line of its own (GB/T 2260)",
}


def _pattern(path: str) -> str:
    pieces = re.findall(r"\{(\w+)\}", path)
    if not all(map(str.isidentifier, pieces)):
        raise ValueError(f"found {path!r}, a {{piece}} has a name that begins with a letter; rename it")
    if len(set(pieces)) < len(pieces):
        raise ValueError(f"found {path!r}, two pieces have one name; rename one")
    return path


class RecordLayout(Section):
    """A kind of register row that a delivered row can become, or several told apart by one column."""

    table: Annotated[str, OneOf(TABLES)] = parameter("register table")
    columns: dict[str, Cell] = parameter("register columns with what fills them", default={})
    one_for_each: dict[str, dict[str, dict[str, Cell]]] | None = parameter(
        "one column, and for each of its codes the columns of a record",
        default=None,
        min_length=1,
        max_length=1,
    )

    def records(self, shared: Mapping[str, Cell]) -> Iterator[Record]:
        """Give the records, with those columns that every record of the file has."""
        known = TABLES[self.table].by_name
        common = {column: cell for column, cell in shared.items() if column in known}
        for label, own in self._split():
            yield Record(self.table, label, common, {**self.columns, **own}, tuple(own or self.columns))

    def _split(self) -> Iterator[tuple[str, dict[str, Cell]]]:
        """Give the further columns of each record, by the code that tells it from the others."""
        if self.one_for_each is None:
            yield "", {}
            return
        ((by, variants),) = self.one_for_each.items()
        for code, cells in variants.items():
            yield code, {by: Cell(constant=code), **cells}

    @model_validator(mode="after")
    def _keeps_the_contract(self) -> Self:
        """Refuse columns and codes that the table does not have."""
        known = TABLES[self.table].by_name
        for record in self.records({}):
            unknown = sorted({*record.own} - known.keys())
            if unknown:
                raise ValueError(f"{self.table} has no columns {unknown}, allowed are {list(known)}; mend it")
            for name, cell in record.cells.items():
                _refuse_codes(f"{self.table}.{name}", cell, known[name].codes)
        return self


class FileLayout(Section):
    """How the files of one pattern are read."""

    path: Annotated[str, AfterValidator(_pattern)] = parameter(
        "path below the delivered folder, or name of a database table", min_length=1
    )
    sheet: str | None = parameter(
        "sheet of a workbook, in quotes; by default the only visible one that holds anything", default=None
    )
    header: int = parameter("row of a workbook that names the columns", default=1, ge=1)
    county: Cell = parameter("the county of a row")
    shared: dict[str, Cell] = parameter("columns that every record of the file has", default={})
    missing: Missing = parameter("texts and numbers that stand for no value in the whole file", default=())
    records: tuple[RecordLayout, ...] = parameter("what a row becomes", min_length=1)

    @model_validator(mode="after")
    def _fills_what_is_required(self) -> Self:
        """Refuse records without a required column, and pieces that are in no path."""
        made = self.mapping()
        for record in made.records:
            missing = [one.name for one in TABLES[record.table].columns if one.required]
            missing = [name for name in missing if name not in record.cells]
            if missing:
                raise ValueError(f"{record.name} has no required {missing}; add them")
        unknown = sorted(made.named_pieces - made.expression.groupindex.keys() - BY_SOURCE.keys())
        if unknown:
            raise ValueError(f"given {unknown} is no {{piece}} of path {self.path!r}; mend it")
        return self

    def mapping(self) -> FileMapping:
        """Give the mapping with its records told apart."""
        records = tuple(record for layout in self.records for record in layout.records(self.shared))
        made = FileMapping(self.path, self.sheet, self.header, self.county, records)
        return made.without(self.missing)


def _refuse_codes(place: str, cell: Cell, codes: tuple[str, ...]) -> None:
    written = cell.codes.values() if cell.codes else [cell.constant]
    wrong = sorted({code for code in written if code and codes and code not in codes})
    if wrong:
        raise ValueError(f"{place}: found codes {wrong}, allowed are {list(codes)}; mend them")
