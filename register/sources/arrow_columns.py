"""Columns of an Arrow table in the types that polars knows, with the same values."""

import re
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

#: Zones that polars reads; others, such as "China Standard Time", name the same instants.
_OFFSET = re.compile(r"[+-][0-9]{2}:[0-9]{2}")
#: What pandas adds where the rows of a frame were filtered or sorted: their numbers before that.
ROW_NUMBERS = re.compile(r"__index_level_[0-9]+__")


def plain(table: pa.Table) -> pa.Table:
    """Give a table without extension types, unknown zones, numbers of over 38 digits and row numbers.

    Parameters
    ----------
    table : Table

    Returns
    -------
    Table
        Instants of a zone that nobody knows as those of UTC, decimals of 256 bits and bytes
        that are UTF-8 as text.

    Examples
    --------
    >>> instants = pa.array([0], pa.timestamp("s", "China Standard Time"))
    >>> str(plain(pa.table({"day": instants})).schema.field("day").type)
    'timestamp[s, tz=UTC]'
    """
    kept = [place for place, name in enumerate(table.column_names) if not ROW_NUMBERS.fullmatch(name)]
    columns = [_plain(table.column(place)) for place in kept]
    return pa.Table.from_arrays(columns, names=[table.column_names[place] for place in kept])


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if isinstance(column.type, pa.BaseExtensionType):
        column = pa.chunked_array([chunk.storage for chunk in column.chunks], column.type.storage_type)
    if pa.types.is_decimal256(column.type):
        return pc.cast(column, pa.string())
    if column.type in (pa.binary(), pa.large_binary()):
        return _text(column)
    if pa.types.is_timestamp(column.type) and column.type.tz and not _is_known(column.type.tz):
        return pc.cast(column, pa.timestamp(column.type.unit, "UTC"))
    return column


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Read bytes as the UTF-8 text that they are where a writer did not say so (Impala, old Spark)."""
    try:
        return pc.cast(column, pa.large_string())
    except pa.ArrowInvalid:
        return column


def _is_known(zone: str) -> bool:
    if _OFFSET.fullmatch(zone):
        return True
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True
