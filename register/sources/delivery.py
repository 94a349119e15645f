"""What every source hands to ingest: tables of text, county by county."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import polars as pl

from register.cells.blanks import holding_a_value, trimmed
from register.quarantine import Finding

HEADER_AGAIN = (
    "表头重复出现的行未读取（文件拼接而成？） / rows that say the header again, not read (joined files?)"
)


@dataclass(frozen=True)
class Sheet:
    """One delivered file, sheet or database table, before anything was mapped.

    Attributes
    ----------
    frame : DataFrame
        All columns String, in file order; empty cells missing.
    rows : Series of UInt32, shape (n_rows,)
        Row number of every row as people see it; the header stands above.
    findings : tuple of Finding
        Cells that can not be trusted, such as formulas; their columns are those of `frame`.
    notes : tuple of str
        What a person should know of it: its encoding, hidden sheets. No values.
    kinds : DataFrame or None
        What every cell of `frame` is (`register.cells.typed_cells.CELL_KINDS`), as far as the
        columns are there; None for CSV, which does not say.
    """

    frame: pl.DataFrame
    rows: pl.Series
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    kinds: pl.DataFrame | None = None

    @classmethod
    def of(
        cls,
        frame: pl.DataFrame,
        *notes: str,
        rows: pl.Series | None = None,
        findings: tuple[Finding, ...] = (),
        kinds: pl.DataFrame | None = None,
    ) -> "Sheet":
        """Make a sheet of rows that follow a header in row 1.

        A row without any value is none, nor is one that says the header again: files that
        were joined together have it in their midst.
        """
        numbers = row_numbers(len(frame)) if rows is None else rows
        again = _saying_the_header(frame)
        notes = (*notes, HEADER_AGAIN) if again.any() else notes
        made = cls(frame, numbers, findings, notes, kinds)
        kept = holding_a_value(frame) & ~again
        return made if kept.all() else made.where(kept)

    def where(self, kept: pl.Series) -> "Sheet":
        """Keep some rows, with their numbers and what was found against them."""
        findings = (replace(one, rows=one.rows.filter(kept)) for one in self.findings)
        kinds = None if self.kinds is None else self.kinds.filter(kept)
        return Sheet(self.frame.filter(kept), self.rows.filter(kept), tuple(findings), self.notes, kinds)

    def table(self, name: str, file: str) -> "RawTable":
        """Hand on a sheet whose columns are those of a register table."""
        return RawTable(name, file, self.frame, self.rows, self.findings, self.kinds)


@dataclass(frozen=True)
class RawTable:
    """A table as it was found.

    Attributes
    ----------
    name : str
        Register table it belongs to.
    file : str
        File name as people know it; row 1 of it is the header.
    frame : DataFrame
        All columns String, in file order; empty cells missing.
    rows : Series of UInt32, shape (n_rows,), optional
        Row number in the file of every row, each at most once; from 2 on by default.
    findings : tuple of Finding
        What the source already knows against some rows.
    kinds : DataFrame, optional
        What the cells are, as in `Sheet`.
    """

    name: str
    file: str
    frame: pl.DataFrame
    rows: pl.Series | None = None
    findings: tuple[Finding, ...] = ()
    kinds: pl.DataFrame | None = None


def row_numbers(length: int) -> pl.Series:
    """Give the row numbers of rows that follow a header in row 1."""
    return pl.int_range(2, length + 2, dtype=pl.UInt32, eager=True)


def _saying_the_header(frame: pl.DataFrame) -> pl.Series:
    """Mark the rows of which every cell is the name of its column."""
    if not frame.width:
        return pl.Series([], dtype=pl.Boolean)
    same = (trimmed(pl.col(name)) == name for name in frame.columns)
    first = frame.columns[0]
    suspects = frame[first].str.contains(first, literal=True).fill_null(value=False)
    if not suspects.any():
        return suspects
    return frame.select(pl.all_horizontal(same).fill_null(value=False)).to_series()


class Source(Protocol):
    """A register somewhere else.

    A source may also have ``has_control_totals`` (the sender said how long each file is),
    ``notes`` (lines that ingest writes to ``delivery.md``) and ``figures`` (lines that
    `huitou check` says).
    """

    def counties(self) -> list[str]:
        """Name the counties, sorted; one shard each."""

    def tables(self, county_id: str) -> Iterator[RawTable]:
        """Give the tables of one county."""

    def lines(self) -> pl.DataFrame:
        """Give the income lines (`register.shard.LINES_SCHEMA`) of all its regions."""
