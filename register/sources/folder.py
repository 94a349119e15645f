"""A folder of one sub-folder a county, one CSV, .xlsx or Parquet file a table."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from register.contract import Table
from register.errors import ContractError, SourceError
from register.faults import Faults
from register.reference import income_lines
from register.sources.chinese_words import in_register_words
from register.sources.control import Control, refuse_missing
from register.sources.delivery import RawTable, Sheet
from register.sources.example_row import NOT_READ, without_example
from register.sources.files import is_readable, is_unread, read_sheet
from register.sources.header import check_columns
from register.sources.intake import read_whole, refuse_link
from register.sources.lines import LINES, delivered_lines
from register.sources.notes import Notes
from register.tables import TABLES

PASSED_OVER = "没有登记表，未读取 / holds no register table, not read"


class FolderSource:
    """Tables as a sender delivers them: ``<county_id>/<table>.csv``, ``.xlsx`` or ``.parquet``.

    Parameters
    ----------
    path : Path
        The folder. A ``control.json`` in it is honoured; without one a cut file can not
        be told from a short one, and the register's manifest says so.

    Raises
    ------
    SourceError
        When the folder does not exist or a file is unreadable, cut, changed or a link.
    ContractError
        When tables or columns are missing, unknown or doubled.
    """

    def __init__(self, path: Path) -> None:
        self.files = DeliveredFiles(path)
        self.path = path

    @property
    def has_control_totals(self) -> bool:
        """Whether the sender said how long each file is and what it hashes to."""
        return self.files.control is not None

    @property
    def notes(self) -> list[str]:
        """What a person should know of the files read so far."""
        return self.files.notes.lines

    def counties(self) -> list[str]:
        """Name the sub-folders that hold a register table, sorted."""
        folders = sorted(folder for folder in self.path.iterdir() if folder.is_dir())
        names = [folder.name for folder in folders if _is_county(folder)]
        for folder in folders:
            if folder.name not in names:
                self.files.notes.add(folder.name, PASSED_OVER)
        if not names:
            raise SourceError(
                f"{self.path}: found no county folder; put each table at COUNTY/TABLE.csv, "
                f"with TABLE one of {list(TABLES)}, or let huitou start propose a mapping"
            )
        return names

    def tables(self, county_id: str) -> Iterator[RawTable]:
        """Read the tables of one county, in the order of the contract; then refuse what is wrong with any."""
        faults, missing = Faults(), self._missing(county_id)
        for path in missing:
            with faults.gathered():
                refuse_missing(path)
        folder = self.path / county_id
        by_table = _tables_in(folder, faults)
        # what is missing in its own name only is no further fault
        elsewhere = {path.stem for path in (*missing, *filter(is_unread, folder.iterdir()))}
        for table in TABLES.values() if by_table else ():
            with faults.gathered():
                if table.name in by_table or table.name not in elsewhere:
                    yield from self._table(folder, table, by_table.get(table.name, []))
        faults.refuse()

    def _table(self, folder: Path, table: Table, paths: Sequence[Path]) -> Iterator[RawTable]:
        if len(paths) > 1:
            raise ContractError(f"{paths[0]}: found a {paths[1].suffix} beside it; keep one of the two")
        sheet = self._sheet(paths[0], table) if paths else None
        if table.required and (sheet is None or not len(sheet.frame)):
            raise ContractError(
                f"{folder / table.name}.csv: missing or without rows; "
                f"every county needs {table.name}; add it and run again"
            )
        if sheet is not None:
            yield sheet.table(table.name, f"{folder.name}/{paths[0].name}")

    def _missing(self, county_id: str) -> list[Path]:
        """Give the files that the sender listed for a county; those of no county there go with the first."""
        counties = self.counties()
        first = [one for one in self.files.missing() if one.parent.name not in counties]
        own = [one for one in self.files.missing() if one.parent == self.path / county_id]
        return [*(first if county_id == counties[0] else ()), *own]

    def lines(self) -> pl.DataFrame:
        """Give the income lines of its regions."""
        return self.files.lines()

    def _sheet(self, path: Path, table: Table) -> Sheet:
        """Read a table as an officer filled it in, under the register's names."""
        sheet = in_register_words(path, self.files.read(path), table)
        check_columns(path, sheet.frame.columns, table)
        kept = without_example(path, sheet, table)
        if len(kept.rows) < len(sheet.rows):
            self.files.notes.add(path.relative_to(self.path).as_posix(), NOT_READ)
        return kept


class DeliveredFiles:
    """The files of a folder: each is read whole, compared with the control totals, and noted.

    Attributes
    ----------
    control : Control or None
        What the sender said was sent.
    notes : Notes
        What a person should know of the files read so far.
    """

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise SourceError(f"{root}: no such folder; check source.path, or run huitou simulate")
        self.root = root
        self.control = Control.beside(root)
        self.notes = Notes()

    def read(self, path: Path, sheet: str | None = None, header: int = 1) -> Sheet:
        """Read one file as text (`register.sources.files.read_sheet`)."""
        name = path.relative_to(self.root).as_posix()
        for place in (path, *path.parents[: len(Path(name).parts) - 1]):
            refuse_link(place)
        raw = read_whole(path)
        content = read_sheet(path, raw, sheet, header)
        # An office adds its lines to what a sender sealed.
        if self.control and (name in self.control.totals or not is_lines(path)):
            self.control.check(path, name, hashlib.sha256(raw).hexdigest(), len(content.frame))
        self.notes.add(name, *content.notes)
        return content

    def lines(self) -> pl.DataFrame:
        """Give the lines it brings in ``lines.csv``, or the cited ones (`register.reference`)."""
        paths = sorted(path for path in self.root.iterdir() if is_lines(path))
        if len(paths) > 1:
            raise ContractError(f"{paths[0]}: found {paths[1].name} beside it; keep one of the two")
        if not paths:
            return income_lines()
        return delivered_lines(paths[0].name, self.read(paths[0]))

    def missing(self) -> list[Path]:
        """Give the files that the sender listed and that are not there."""
        return [self.root / name for name in self.control.missing(self.root)] if self.control else []


def is_lines(path: Path) -> bool:
    """Say whether a file at the root of a delivery holds its income lines."""
    return path.stem == LINES and is_readable(path)


def _is_county(folder: Path) -> bool:
    """Say whether a folder holds register tables, or tables of a kind that is not read."""
    return any(is_unread(path) or (path.stem in TABLES and is_readable(path)) for path in folder.iterdir())


def _tables_in(folder: Path, faults: Faults) -> dict[str, list[Path]]:
    """Find the files of register tables; other tables beside them are refused, not passed over."""
    by_table: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        with faults.gathered():
            if is_readable(path):
                _refuse_unknown(path)
                by_table.setdefault(path.stem, []).append(path)
    return by_table


def _refuse_unknown(path: Path) -> None:
    if path.stem not in TABLES:
        raise ContractError(f"{path}: no such table; allowed are {list(TABLES)}; rename or remove it")
