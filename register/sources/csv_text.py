"""Read a CSV strictly as text: no guessed types, no shifted cells, no mojibake."""

import csv
import io
from collections import Counter
from pathlib import Path

import polars as pl

from register.errors import ContractError, SourceError

BOM = b"\xef\xbb\xbf"


def read_csv_text(path: Path, raw: bytes) -> pl.DataFrame:
    """Read all cells as text, empty ones as missing.

    Parameters
    ----------
    path : Path
        For messages.
    raw : bytes
        The whole file, UTF-8 with or without a byte-order mark.

    Returns
    -------
    DataFrame
        All columns String, rows in file order.

    Raises
    ------
    SourceError
        When bytes are not UTF-8, a quote stays open, or a row has more or fewer cells
        than the header (a cut or shifted file).
    ContractError
        When a column name is empty or doubled.
    """
    body = raw.removeprefix(BOM)
    _check_encoding(path, body)
    header = _header(path, body)
    if not _is_plain(body, len(header)):
        _check_rows(path, body, len(header))
    schema = dict.fromkeys(header, pl.String())
    try:
        return pl.read_csv(io.BytesIO(body), schema=schema)
    except pl.exceptions.PolarsError:
        _check_rows(path, body, len(header))
        raise SourceError(f"{path}: not a readable CSV; save it as CSV UTF-8 and run again") from None


def _check_encoding(path: Path, body: bytes) -> None:
    try:
        body.decode()
    except UnicodeDecodeError as fault:
        row = body.count(b"\n", 0, fault.start) + 1
        raise SourceError(
            f"{path} line {row}: byte {fault.start} is not UTF-8; save the file as CSV UTF-8 and run again"
        ) from None
    if b"\0" in body:
        raise SourceError(f"{path}: found zero bytes, so not UTF-8 text; save the file as CSV UTF-8")


def _header(path: Path, body: bytes) -> list[str]:
    first = body.split(b"\n", 1)[0].decode().rstrip("\r")
    header = next(csv.reader([first]), [])
    doubled = sorted(name for name, times in Counter(header).items() if times > 1)
    if not any(header):
        raise ContractError(f"{path}: found no header; the first row must name the columns")
    if doubled or "" in header:
        raise ContractError(
            f"{path}: doubled columns {doubled}, unnamed columns {header.count('')}; "
            "give every column one name of its own"
        )
    return header


def _is_plain(body: bytes, width: int) -> bool:
    """Say whether every row has `width` cells, where that shows from counting alone.

    Polars refuses rows that are too long; if none is and the commas add up, none is short.
    """
    if b'"' in body or b"\r" in body.replace(b"\r\n", b"\n"):
        return False
    rows = body.count(b"\n") + (not body.endswith(b"\n"))
    return body.count(b",") == rows * (width - 1)


def _check_rows(path: Path, body: bytes, width: int) -> None:
    reader = csv.reader(io.StringIO(body.decode(), newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if len(cells) != width:
                raise SourceError(
                    f"{path} row {number}: found {len(cells)} cells, the header has {width}; "
                    "the file is cut or a comma is not quoted; mend the row or ask for the file again"
                )
    except csv.Error as fault:
        raise SourceError(
            f"{path} line {reader.line_num}: not a valid CSV row ({fault}); mend its quotes"
        ) from None
