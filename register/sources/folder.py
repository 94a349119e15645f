"""A folder of one sub-folder a county, one CSV, .xlsx or Parquet file a table."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from register.errors import ContractError, SourceError
from register.reference import income_lines
from register.sources.control import Control
from register.sources.delivery import RawTable, Sheet
from register.sources.files import is_readable, read_sheet
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
        names = [folder.name for folder in folders if _tables_in(folder)]
        for folder in folders:
            if folder.name not in names:
                self.files.notes.add(folder.name, PASSED_OVER)
        if not names:
            raise SourceError(
                f"{self.path}: found no county folder; put each table at COUNTY/TABLE.csv, "
                f"with TABLE one of {list(TABLES)}, or let huitou start propose a mapping"
            )
        self.files.check_complete()
        return names

    def tables(self, county_id: str) -> Iterator[RawTable]:
        """Read the tables of one county, in the order of the contract."""
        by_table = _tables_in(self.path / county_id)
        for table in TABLES.values():
            paths = by_table.pop(table.name, [])
            if len(paths) > 1:
                raise ContractError(f"{paths[0]}: found a {paths[1].suffix} beside it; keep one of the two")
            sheet = self.files.read(paths[0]) if paths else None
            if table.required and (sheet is None or not len(sheet.frame)):
                raise ContractError(
                    f"{self.path / county_id / table.name}.csv: missing or without rows; "
                    f"every county needs {table.name}; add it and run again"
                )
            if sheet is not None:
                check_columns(paths[0], sheet.frame.columns, table)
                yield sheet.table(table.name, f"{county_id}/{paths[0].name}")

    def lines(self) -> pl.DataFrame:
        """Give the income lines of its regions."""
        return self.files.lines()


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

    def check_complete(self) -> None:
        """Refuse a delivery that lacks a file the sender listed."""
        if self.control:
            self.control.check_complete(self.root)


def is_lines(path: Path) -> bool:
    """Say whether a file at the root of a delivery holds its income lines."""
    return path.stem == LINES and is_readable(path)


def _tables_in(folder: Path) -> dict[str, list[Path]]:
    """Find the files of register tables; other tables beside them are refused, not passed over."""
    readable = sorted(path for path in folder.iterdir() if is_readable(path))
    by_table: dict[str, list[Path]] = {}
    for path in readable:
        by_table.setdefault(path.stem, []).append(path)
    unknown = [path for name, paths in by_table.items() if name not in TABLES for path in paths]
    if unknown and len(unknown) < len(readable):
        raise ContractError(f"{unknown[0]}: no such table; allowed are {list(TABLES)}; rename or remove it")
    return {} if unknown else by_table
