"""What every source hands to ingest: tables of text, county by county."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import polars as pl

from register.quarantine import Finding


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
    told : tuple of str
        What a person should know of it: its encoding, hidden sheets. No values.
    """

    frame: pl.DataFrame
    rows: pl.Series
    findings: tuple[Finding, ...] = ()
    told: tuple[str, ...] = ()

    @classmethod
    def of(cls, frame: pl.DataFrame, *told: str) -> "Sheet":
        """Make a sheet whose row 1 is the header and whose rows follow it."""
        return cls(frame, row_numbers(len(frame)), told=told)

    def where(self, kept: pl.Series) -> "Sheet":
        """Keep some rows, with their numbers and what was found against them."""
        findings = (replace(one, rows=one.rows.filter(kept)) for one in self.findings)
        return Sheet(self.frame.filter(kept), self.rows.filter(kept), tuple(findings), self.told)


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
    """

    name: str
    file: str
    frame: pl.DataFrame
    rows: pl.Series | None = None
    findings: tuple[Finding, ...] = ()


def row_numbers(length: int) -> pl.Series:
    """Give the row numbers of rows that follow a header in row 1."""
    return pl.int_range(2, length + 2, dtype=pl.UInt32, eager=True)


class Source(Protocol):
    """A register somewhere else.

    A source may also have ``has_control_totals`` (the sender said how long each file is)
    and ``notes`` (lines that ingest writes to ``delivery.md``).
    """

    def counties(self) -> list[str]:
        """Name the counties, sorted; one shard each."""

    def tables(self, county_id: str) -> Iterator[RawTable]:
        """Give the tables of one county."""

    def lines(self) -> pl.DataFrame:
        """Give the income lines (`register.shard.LINES_SCHEMA`) of all its regions."""
