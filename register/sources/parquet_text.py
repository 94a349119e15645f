"""Read a delivered Parquet table as text."""

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from register.errors import SourceError
from register.sources.delivery import Sheet
from register.sources.header import check_names

#: Repeated values take no room in the file: rows are limited before any is unpacked.
MAX_ROWS = 50_000_000
MAX_EXPANDED = 4 * 1024**3


def read_parquet_text(path: Path, raw: bytes) -> Sheet:
    """Read all columns as text: dates as YYYY-MM-DD, numbers with all their digits.

    Raises
    ------
    SourceError
        When the file is damaged, holds nested or binary columns, or expands beyond reason.
    """
    try:
        frame = _read(path, raw)
    except (pa.ArrowException, pl.exceptions.PolarsError, OSError, MemoryError, ValueError) as fault:
        if isinstance(fault, SourceError):
            raise
        raise SourceError(
            f"{path}: not a readable Parquet table of plain columns; ask for the file again"
        ) from fault
    return Sheet.of(frame)


def _read(path: Path, raw: bytes) -> pl.DataFrame:
    opened = pq.ParquetFile(pa.BufferReader(raw), page_checksum_verification=True)
    told = opened.metadata
    expanded = sum(told.row_group(number).total_byte_size for number in range(told.num_row_groups))
    if told.num_rows > MAX_ROWS or expanded > MAX_EXPANDED:
        raise SourceError(
            f"{path}: expands to {told.num_rows} rows and {expanded} bytes, allowed are {MAX_ROWS} and "
            f"{MAX_EXPANDED}; split the file by county"
        )
    check_names(path, opened.schema_arrow.names)
    frame = pl.from_arrow(opened.read())
    if not isinstance(frame, pl.DataFrame):
        raise SourceError(f"{path}: not a table; ask for the file again")
    return frame.select(_text(name, kind) for name, kind in frame.schema.items())


def _text(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if kind.is_nested() or kind in (pl.Binary, pl.Object, pl.Duration):
        raise pl.exceptions.InvalidOperationError(f"{name} is {kind}")
    return column.dt.to_string("%Y-%m-%d %H:%M:%S") if kind == pl.Datetime else column.cast(pl.String)
