"""Read a delivered Parquet table as text."""

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from register.cells.blanks import BLANKS
from register.cells.typed_cells import CELL_KINDS
from register.errors import HuitouError, SourceError
from register.sources.arrow_columns import ROW_NUMBERS, plain
from register.sources.cells import LARGEST_EXACT
from register.sources.delivery import Sheet
from register.sources.header import check_names

NUMBERED = "pandas 的行号列未读取 / row numbers of pandas not read"
#: What polars raises, and what of its core comes through where a type is new to it.
POLARS = (pl.exceptions.PolarsError, pl.exceptions.PanicException)
#: Repeated values take no room in the file: rows are limited before any is unpacked.
MAX_ROWS = 50_000_000
MAX_EXPANDED = 4 * 1024**3
#: Bytes of text a row has at most, on the average: no register's has a tenth of it.
MAX_ROW = 4096
#: From it on a float of 32 bits skips whole numbers.
LARGEST_SINGLE = 2**24


def read_parquet_text(path: Path, raw: bytes) -> Sheet:
    """Read all columns as text: dates as YYYY-MM-DD, numbers with all their digits.

    A time of day, a zone and every fraction of a second are kept for casting to judge.

    Raises
    ------
    SourceError
        When the file is damaged, holds nested or binary columns, or expands beyond reason.
    """
    try:
        frame, notes = _read(path, raw)
        text = frame.select(text_of_column(name, kind) for name, kind in frame.schema.items())
    except (pa.ArrowException, *POLARS, OSError, MemoryError, ValueError) as fault:
        if isinstance(fault, HuitouError):
            raise
        raise SourceError(
            f"{path}: not a readable Parquet table of plain columns; ask for the file again"
        ) from fault
    return Sheet.of(
        text, *notes, kinds=frame.select(kind_of_column(name, kind) for name, kind in frame.schema.items())
    )


def _read(path: Path, raw: bytes) -> tuple[pl.DataFrame, list[str]]:
    opened = pq.ParquetFile(pa.BufferReader(raw), page_checksum_verification=True)
    metadata = opened.metadata
    expanded = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    if metadata.num_rows > MAX_ROWS or expanded > MAX_EXPANDED:
        raise SourceError(
            f"{path}: expands to {metadata.num_rows} rows and {expanded} bytes, allowed are {MAX_ROWS} and "
            f"{MAX_EXPANDED}; split the file by county"
        )
    check_names(path, [name.strip(BLANKS) for name in opened.schema_arrow.names])
    _refuse_long_texts(path, raw)
    frame = pl.from_arrow(plain(opened.read()))
    if not isinstance(frame, pl.DataFrame):
        raise SourceError(f"{path}: not a table; ask for the file again")
    unread = [name for name, kind in frame.schema.items() if _is_no_plain(kind)]
    if unread:
        raise SourceError(
            f"{path}: columns {unread} hold lists, bytes or durations; write them as text or leave them out"
        )
    numbered = any(map(ROW_NUMBERS.fullmatch, opened.schema_arrow.names))
    return frame.rename(lambda name: name.strip(BLANKS)), [NUMBERED] if numbered else []


def _refuse_long_texts(path: Path, raw: bytes) -> None:
    """Measure texts before they are unpacked: of a value that repeats the file holds one."""
    schema = pq.read_schema(pa.BufferReader(raw))
    texts = [one.name for one in schema if pa.types.is_string(one.type) or pa.types.is_large_string(one.type)]
    opened = pq.ParquetFile(pa.BufferReader(raw), read_dictionary=texts)
    for group in range(opened.num_row_groups):
        rows = opened.metadata.row_group(group).num_rows
        unpacked = sum(map(_unpacked, opened.read_row_group(group, texts).columns))
        if unpacked > rows * MAX_ROW:
            raise SourceError(
                f"{path}: {rows} rows expand to {unpacked} bytes of text, allowed are {MAX_ROW} a row; "
                "ask for the file again"
            )


def _unpacked(column: pa.ChunkedArray) -> int:
    """Count the bytes that the texts of a column take when each stands for itself."""
    lengths = (
        pc.binary_length(chunk.dictionary).take(chunk.indices)
        if pa.types.is_dictionary(chunk.type)
        else pc.binary_length(chunk)
        for chunk in column.chunks
    )
    return sum(pc.sum(one.cast(pa.int64())).as_py() or 0 for one in lengths)


def _is_no_plain(kind: pl.DataType) -> bool:
    return kind.is_nested() or kind in (pl.Binary, pl.Object, pl.Duration)


def text_of_column(name: str, kind: pl.DataType) -> pl.Expr:
    """Write a typed column as text, with all its digits; of a day at midnight casting takes the day."""
    column = pl.col(name)
    if isinstance(kind, pl.Datetime):
        return column.dt.to_string("%Y-%m-%d %H:%M:%S%.f" + ("%:z" if kind.time_zone else ""))
    if kind.is_float():
        column = column.fill_nan(None) if kind == pl.Float64 else column.cast(pl.Float32).fill_nan(None)
        exact = column.abs() < (LARGEST_EXACT if kind == pl.Float64 else LARGEST_SINGLE)
        whole = pl.when(exact & (column == column.floor())).then(column).cast(pl.Int64).cast(pl.String)
        return pl.coalesce(whole, column.cast(pl.String))
    if kind.is_decimal():
        return column.cast(pl.String).str.replace(r"\.0+$", "")
    return column.cast(pl.String)


def kind_of_column(name: str, kind: pl.DataType) -> pl.Expr:
    """Say what the cells of a typed column are (`register.cells.typed_cells.CELL_KINDS`)."""
    cell_kind = "text"
    if kind.is_temporal():
        cell_kind = "date"
    elif kind.is_numeric():
        cell_kind = "number"
    elif kind == pl.Boolean:
        cell_kind = "flag"
    is_there = pl.col(name).is_not_nan() if kind.is_float() else pl.col(name).is_not_null()
    return pl.when(is_there).then(pl.lit(cell_kind, CELL_KINDS)).alias(name)
