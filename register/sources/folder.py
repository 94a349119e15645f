"""A folder of one sub-folder a county, one CSV or Parquet file a table."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa

from register.atomic import read_parquet
from register.contract import Table
from register.errors import ContractError, SourceError
from register.reference import income_lines
from register.sources.control import Control
from register.sources.csv_text import read_csv_text
from register.sources.delivery import RawTable
from register.tables import TABLES

SUFFIXES = (".csv", ".parquet")


class FolderSource:
    """Tables as a sender delivers them: ``<county_id>/<table>.csv`` or ``.parquet``.

    Parameters
    ----------
    path : Path
        The folder. A ``control.json`` in it is honoured; without one a cut file can not
        be told from a short one, and the register's manifest says so.

    Raises
    ------
    SourceError
        When the folder does not exist or a file is unreadable, cut or changed.
    ContractError
        When tables or columns are missing, unknown or doubled.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise SourceError(f"{path}: no such folder; check source.path, or run huitou simulate")
        self.path = path
        self._control = Control.beside(path)

    @property
    def has_control_totals(self) -> bool:
        """Whether the sender said how long each file is and what it hashes to."""
        return self._control is not None

    def counties(self) -> list[str]:
        """Name the sub-folders that hold a register table, sorted."""
        found = [folder.name for folder in self.path.iterdir() if folder.is_dir() and _tables_in(folder)]
        if not found:
            raise SourceError(
                f"{self.path}: found no county folder; put each table at COUNTY/TABLE.csv, "
                f"with TABLE one of {list(TABLES)}"
            )
        if self._control:
            self._control.check_complete(self.path)
        return sorted(found)

    def tables(self, county_id: str) -> Iterator[RawTable]:
        """Read the tables of one county, in the order of the contract."""
        found = _tables_in(self.path / county_id)
        _refuse_unknown(self.path / county_id)
        for table in TABLES.values():
            paths = found.get(table.name, [])
            if len(paths) > 1:
                raise ContractError(f"{paths[0]}: found a .parquet beside it; keep one of the two")
            frame = self._read(paths[0]) if paths else None
            if table.required and (frame is None or not len(frame)):
                raise ContractError(
                    f"{self.path / county_id / table.name}.csv: missing or without rows; "
                    f"every county needs {table.name}; add it and run again"
                )
            if frame is not None:
                _check_columns(paths[0], frame, table)
                yield RawTable(table.name, f"{county_id}/{paths[0].name}", frame)

    def lines(self) -> pl.DataFrame:
        """Give the official income lines (`register.reference`)."""
        return income_lines()

    def _read(self, path: Path) -> pl.DataFrame:
        raw = path.read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        frame = read_csv_text(path, raw) if path.suffix == ".csv" else _read_parquet_text(path)
        if self._control:
            self._control.check(path, path.relative_to(self.path).as_posix(), digest, len(frame))
        return frame


def _tables_in(folder: Path) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES and path.stem in TABLES:
            found.setdefault(path.stem, []).append(path)
    return found


def _refuse_unknown(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES and path.stem not in TABLES:
            raise ContractError(f"{path}: no such table; allowed are {list(TABLES)}; rename or remove it")


def _check_columns(path: Path, frame: pl.DataFrame, table: Table) -> None:
    missing = [one.name for one in table.columns if one.required and one.name not in frame.columns]
    unknown = sorted(set(frame.columns) - table.by_name.keys())
    if missing or unknown:
        raise ContractError(
            f"{path}: missing columns {missing}, unknown columns {unknown}; allowed are "
            f"{list(table.by_name)}; correct the header"
        )


def _read_parquet_text(path: Path) -> pl.DataFrame:
    try:
        return read_parquet(path).cast(pl.String)
    except (pa.ArrowException, pl.exceptions.PolarsError, OSError) as fault:
        raise SourceError(
            f"{path}: not a readable Parquet table of plain columns; ask for the file again"
        ) from fault
