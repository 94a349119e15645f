"""What one delivered table could become: the records of a mapping, each cell with what is to be confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from register.proposal.looking import Look


@dataclass(frozen=True)
class Filled:
    """What fills a register column.

    Attributes
    ----------
    cell : str or dict
        As a mapping holds it.
    zh, en : str
        What is to be confirmed; "" where names are equal.
    """

    cell: Any
    zh: str = ""
    en: str = ""


@dataclass(frozen=True)
class ProposedRecord:
    """A kind of register row.

    Attributes
    ----------
    table : str
    columns : mapping of str to Filled
        By register column.
    by_source : mapping of str to Filled
        For a wide form of incomes: the column of each source.
    """

    table: str
    columns: Mapping[str, Filled]
    by_source: Mapping[str, Filled] = field(default_factory=dict)


@dataclass(frozen=True)
class ProposedFile:
    """How the files of one pattern could be read.

    Attributes
    ----------
    look : Look
        One of them.
    pattern : str
    county : Filled
    shared : mapping of str to Filled
        Columns of every record.
    missing : tuple of str
        Words for no value that stand in them.
    records : tuple of ProposedRecord
    """

    look: Look
    pattern: str
    county: Filled
    shared: Mapping[str, Filled]
    missing: tuple[str, ...]
    records: tuple[ProposedRecord, ...]

    @property
    def headers(self) -> set[str]:
        """Delivered columns that it reads."""
        records = [
            one for record in self.records for one in (*record.columns.values(), *record.by_source.values())
        ]
        return {
            header
            for one in (self.county, *self.shared.values(), *records)
            for header in headers_of(one.cell)
        }


def headers_of(cell: Any) -> list[str]:  # noqa: ANN401 - as YAML holds it
    """Give the delivered columns that a cell of a mapping reads."""
    if isinstance(cell, str):
        return [cell]
    single = [cell[origin] for origin in ("from", "each") if origin in cell]
    several = [header for origin in ("add", "join") for header in cell.get(origin, ())]
    return [*single, *several, *(headers_of(cell["aged_on"]) if "aged_on" in cell else ())]
