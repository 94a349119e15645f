"""Deliveries whose files and columns have names of their own, read through a mapping."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import polars as pl

from register.cells.no_value import names_nothing, stands_beneath
from register.errors import ParamsError, SourceError
from register.faults import Faults
from register.ids.county_ids import is_county_id, refuse_county_id
from register.sources.ages import made_of_ages, with_one_birth_date
from register.sources.control import refuse_missing
from register.sources.delivery import RawTable, Sheet
from register.sources.files import is_readable
from register.sources.fill import filled
from register.sources.folder import DeliveredFiles, is_lines
from register.sources.mapping import FileMapping
from register.sources.mapping_file import load_mapping
from register.sources.mapping_layout import BY_SOURCE
from register.sources.notes import Notes, unread_columns
from register.sources.records import check_headers, tables_of

#: Bytes of text kept in memory so that a file of many counties is not read once for each.
SHELF = 512 * 1024**2


class DeliveredSheets(Protocol):
    """Named sheets: the files of a folder, or the tables of a database."""

    notes: Notes
    #: What is wrong with it so far.
    faults: Faults

    def names(self) -> list[str]:
        """Name all sheets, sorted; those that must not be passed over and cannot be read are faults."""

    def sheet(self, name: str, mapping: FileMapping, headers: Sequence[str]) -> Sheet:
        """Read one; of `headers`, the columns that any mapping asks for, at least those it has."""

    def lines(self) -> pl.DataFrame:
        """Give the income lines it brings, or the cited ones (`register.shard.LINES_SCHEMA`)."""


class MappedFiles(DeliveredFiles):
    """The files of a folder at any depth, by their path below it."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.faults = Faults()

    def names(self) -> list[str]:
        """Name the readable files; those the sender listed must be there."""
        for path in self.missing():
            with self.faults.gathered():
                refuse_missing(path)
        return [name for path in sorted(self.root.rglob("*")) if path.is_file() for name in self._named(path)]

    def _named(self, path: Path) -> Iterator[str]:
        with self.faults.gathered():
            if is_readable(path) and not (path.parent == self.root and is_lines(path)):
                yield path.relative_to(self.root).as_posix()

    def sheet(self, name: str, mapping: FileMapping, headers: Sequence[str]) -> Sheet:  # noqa: ARG002 - a database needs it
        """Read the sheet that the mapping names, all its columns."""
        return self.read(self.root / name, mapping.sheet, mapping.header)


@dataclass(frozen=True, eq=False)
class _Match:
    name: str
    mapping: FileMapping
    pieces: Mapping[str, str]


class MappedSource:
    """A register behind a column mapping; the county of a row comes from the mapping too.

    Parameters
    ----------
    delivery : DeliveredSheets
        Where the sheets are.
    mapping : str
        YAML file, or the name of a shipped mapping.
    by_source : mapping of str to str
        Of `register.sources.mapping_layout.BY_SOURCE`, what no path says.

    Raises
    ------
    ParamsError
        When the mapping does not load, or needs a date that nobody gave.
    SourceError
        When no file fits the mapping, or one can not be read. Several faults come together.
    ContractError
        When a file lacks a mapped column.
    """

    def __init__(self, delivery: DeliveredSheets, mapping: str, by_source: Mapping[str, str]) -> None:
        self._delivery = delivery
        self._matches = list(self._match(mapping, load_mapping(mapping), by_source))
        self._counties: dict[_Match, list[str | None]] = {}
        self._shelf: dict[tuple[str, str | None, int], Sheet] = {}

    @property
    def has_control_totals(self) -> bool:
        """Whether the sender said how long each file is and what it hashes to."""
        return getattr(self._delivery, "control", None) is not None

    @property
    def notes(self) -> list[str]:
        """What a person should know of the files read so far."""
        return self._delivery.notes.lines

    def counties(self) -> list[str]:
        """Name the counties that any row names, sorted."""
        counties: set[str | None] = set()
        for match in self._matches:
            with self._delivery.faults.gathered():
                counties |= set(self._counties_of(match))
        self._delivery.faults.refuse()
        named = sorted(county for county in counties if county)
        if not named:
            raise SourceError(
                f"no row of {[match.name for match in self._matches]} names a county; fill the column"
            )
        return named

    def tables(self, county_id: str) -> Iterator[RawTable]:
        """Make the tables of one county; rows without one go to the first, which quarantines them."""
        aged: list[RawTable] = []
        for match, table in self._tables(county_id):
            if made_of_ages(match.mapping, table.name):
                aged.append(table)
            else:
                yield table
        if aged:
            yield from with_one_birth_date(aged)

    def _tables(self, county_id: str) -> Iterator[tuple[_Match, RawTable]]:
        wanted = {county_id, None} if county_id == self.counties()[0] else {county_id}
        made: set[tuple[str, str]] = set()
        for match in self._matches:
            if wanted.isdisjoint(self._counties_of(match)):
                continue
            sheet = self._sheet(match)
            own = sheet.where(_county(sheet, match).is_in(list(wanted), nulls_equal=True))
            for table in tables_of(match.name, own, match.mapping, match.pieces):
                if (table.name, table.file) in made:
                    raise ParamsError(f"{table.file}: two mappings make {table.name} of it; keep one of them")
                made.add((table.name, table.file))
                yield match, table

    def lines(self) -> pl.DataFrame:
        """Give the income lines of its regions."""
        return self._delivery.lines()

    def _match(
        self, name: str, mappings: Sequence[FileMapping], by_source: Mapping[str, str]
    ) -> Iterator[_Match]:
        names, taken = self._delivery.names(), set()
        for mapping in mappings:
            fitting = {file: of_path for file in names if (of_path := mapping.pieces(file)) is not None}
            for file, of_path in fitting.items():
                taken.add(file)
                pieces = {**by_source, **of_path}
                _check_pieces(file, mapping, pieces)
                yield _Match(file, mapping, pieces)
            if not fitting:
                self._delivery.notes.add(
                    mapping.pattern, "映射中有、交付中没有 / in the mapping, not delivered"
                )
        for file in names:
            if file not in taken:
                self._delivery.notes.add(file, "映射中没有，未读取 / not in the mapping, not read")
        if not taken:
            with self._delivery.faults.gathered():
                _refuse_unfitting(name, names, mappings)
            self._delivery.faults.refuse()

    def _counties_of(self, match: _Match) -> list[str | None]:
        if match not in self._counties:
            sheet = self._sheet(match)
            check_headers(match.name, sheet, match.mapping)
            unread = [header for header in sheet.frame.columns if header not in self._headers(match.name)]
            if unread:
                self._delivery.notes.add(match.name, unread_columns(unread))
            self._counties[match] = _county(sheet, match).unique().to_list()
        return self._counties[match]

    def _headers(self, name: str) -> list[str]:
        return [header for one in self._matches if one.name == name for header in one.mapping.headers]

    def _sheet(self, match: _Match) -> Sheet:
        key = (match.name, match.mapping.sheet, match.mapping.header)
        if key not in self._shelf:
            sheet = self._delivery.sheet(match.name, match.mapping, self._headers(match.name))
            kept = sum(one.frame.estimated_size() for one in self._shelf.values())
            if kept + sheet.frame.estimated_size() > SHELF:
                return sheet
            self._shelf[key] = sheet
        return self._shelf[key]


def _refuse_unfitting(name: str, names: Sequence[str], mappings: Sequence[FileMapping]) -> None:
    raise SourceError(
        f"no delivered file fits the mapping {name}: found {names[:10]}, wanted are "
        f"{[mapping.pattern for mapping in mappings]}; rename the files or change the mapping"
    )


def _check_pieces(file: str, mapping: FileMapping, pieces: Mapping[str, str]) -> None:
    missing = sorted(mapping.named_pieces - pieces.keys())
    if missing:
        raise ParamsError(
            f"{file}: nothing gives {missing}; set source.{missing[0]} to {BY_SOURCE[missing[0]]}"
        )


def _county(sheet: Sheet, match: _Match) -> pl.Series:
    named = sheet.frame.with_columns(filled(match.mapping.county, match.pieces).alias("county"))["county"]
    named = named.set(names_nothing(named) | stands_beneath(named), None)
    for name in named.unique(maintain_order=True):
        if name and not is_county_id(name):
            refuse_county_id(name, f"{match.name} row {sheet.rows[named.to_list().index(name)]}")
    return named
