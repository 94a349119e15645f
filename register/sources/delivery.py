"""What every source hands to ingest: tables of text, county by county."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import polars as pl


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
    """

    name: str
    file: str
    frame: pl.DataFrame


class Source(Protocol):
    """A register somewhere else."""

    def counties(self) -> list[str]:
        """Name the counties, sorted; one shard each."""

    def tables(self, county_id: str) -> Iterator[RawTable]:
        """Give the tables of one county."""

    def lines(self) -> pl.DataFrame:
        """Give the income lines (`register.shard.LINES_SCHEMA`) of all its regions."""
