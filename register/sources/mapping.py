"""A column mapping: which delivered column becomes which register column. It only renames and recodes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from register.sources.mapping_cell import Cell
from register.tables import TABLES


@dataclass(frozen=True)
class Record:
    """One kind of register row that a delivered row can become.

    Attributes
    ----------
    table : str
        Register table.
    label : str
        What tells it from other records of the same table, "" where it is the only one.
    shared : mapping of str to Cell
        Columns that every record of the file has: keys, dates. They make no record alone.
    own : mapping of str to Cell
        Columns of this record.
    deciding : tuple of str
        Those among them that make it: where all delivered cells behind them are empty
        there is no record.
    """

    table: str
    label: str
    shared: Mapping[str, Cell]
    own: Mapping[str, Cell]
    deciding: tuple[str, ...]

    @property
    def name(self) -> str:
        """What to call it among the records of its file."""
        return f"{self.table} {self.label}".strip()

    @property
    def cells(self) -> Mapping[str, Cell]:
        """All columns, in contract order."""
        both = {**self.shared, **self.own}
        return {name: both[name] for name in TABLES[self.table].by_name if name in both}

    def without(self, codes: tuple[str, ...]) -> "Record":
        """Let further codes stand for no value."""
        shared = {name: cell.without(codes) for name, cell in self.shared.items()}
        return replace(
            self, shared=shared, own={name: cell.without(codes) for name, cell in self.own.items()}
        )


@dataclass(frozen=True)
class FileMapping:
    """How the files of one pattern are read.

    Attributes
    ----------
    pattern : str
        Path below the delivered folder (or name of a database table); ``*`` is any part of
        a name, ``{name}`` a whole piece of the path that cells can refer to.
    sheet : str or None
        Sheet of a workbook; by default the only visible one that holds anything.
    header : int
        Row of a workbook that names the columns.
    county : Cell
        The county of a row.
    records : tuple of Record
    """

    pattern: str
    sheet: str | None
    header: int
    county: Cell
    records: tuple[Record, ...]
    expression: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile the pattern."""
        object.__setattr__(self, "expression", re.compile(_expression(self.pattern)))

    def pieces(self, path: str) -> dict[str, str] | None:
        """Give the named pieces of a path that fits, None where it does not."""
        fit = self.expression.fullmatch(path)
        return fit.groupdict() if fit else None

    def without(self, codes: tuple[str, ...]) -> "FileMapping":
        """Let codes stand for no value in every delivered column."""
        records = (record.without(codes) for record in self.records)
        return replace(self, county=self.county.without(codes), records=tuple(records))

    @property
    def headers(self) -> list[str]:
        """Delivered columns that are read, each once."""
        return list(dict.fromkeys(header for cell in self._cells for header in cell.every_header))

    @property
    def named_pieces(self) -> set[str]:
        """Names of the pieces that are read."""
        cells = (one for cell in self._cells for one in (cell, cell.aged_on) if one)
        return {cell.piece for cell in cells if cell.piece}

    @property
    def _cells(self) -> list[Cell]:
        return [self.county, *(cell for record in self.records for cell in record.cells.values())]


def _expression(pattern: str) -> str:
    """Turn a path pattern into a regular expression; no part of it crosses a ``/``."""
    pieces = re.split(r"(\{\w+\}|\*)", pattern)
    return "".join(
        f"(?P<{piece[1:-1]}>[^/]+)"
        if piece.startswith("{")
        else "[^/]*"
        if piece == "*"
        else re.escape(piece)
        for piece in pieces
    )
