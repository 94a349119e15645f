"""Read a CSV strictly as text: no guessed types, no shifted cells, no mojibake."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from register.errors import SourceError
from register.sources.delivery import Sheet
from register.sources.encoding import decode
from register.sources.header import check_names

#: Rows turned into columns at a time, so that Python objects of one block only are alive.
BLOCK = 50_000


def read_csv(path: Path, raw: bytes) -> Sheet:
    """Read all cells as text, empty ones as missing.

    Parameters
    ----------
    path : Path
        For messages.
    raw : bytes
        The whole file; see `register.sources.encoding.decode` for the encodings.

    Returns
    -------
    Sheet
        All columns String, rows in file order.

    Raises
    ------
    SourceError
        When the encoding is unknown or ambiguous, a quote stays open, or a row has more or
        fewer cells than the header (a cut or shifted file).
    ContractError
        When a column name is empty or doubled.
    """
    text, encoding = decode(path, raw)
    if "\0" in text:
        raise SourceError(f"{path}: found zero bytes, so not UTF-8 text; save the file as CSV UTF-8")
    header = next(_records(path, text), [])
    check_names(path, header)
    plain = _read_plain(text, header)
    frame = _read_quoted(path, text, header) if plain is None else plain
    return Sheet.of(frame, f"编码 / encoding {encoding}")


def _read_plain(text: str, header: list[str]) -> pl.DataFrame | None:
    """Read fast what needs no care; None where a row could have another width than the header.

    Polars refuses rows that are too long; if none is and the commas add up, none is short.
    """
    if '"' in text or "\r" in text.replace("\r\n", "\n"):
        return None
    rows = text.count("\n") + (not text.endswith("\n"))
    if text.count(",") != rows * (len(header) - 1):
        return None
    try:
        frame = pl.read_csv(io.BytesIO(text.encode()), schema=dict.fromkeys(header, pl.String()))
    except pl.exceptions.PolarsError:
        return None
    return frame if len(frame) == rows - 1 else None


def _read_quoted(path: Path, text: str, header: list[str]) -> pl.DataFrame:
    schema = dict.fromkeys(header, pl.String())
    blocks, block = [pl.DataFrame(schema=schema)], []
    for number, cells in enumerate(_records(path, text), start=1):
        if len(cells) != len(header):
            raise SourceError(
                f"{path} row {number}: found {len(cells)} cells, the header has {len(header)}; "
                "the file is cut or a comma is not quoted; mend the row or ask for the file again"
            )
        if number > 1:
            block.append([cell or None for cell in cells])
        if len(block) == BLOCK:
            blocks.append(pl.DataFrame(block, schema=schema, orient="row"))
            block = []
    return pl.concat([*blocks, pl.DataFrame(block, schema=schema, orient="row")])


def _records(path: Path, text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as fault:
        raise SourceError(
            f"{path} line {reader.line_num}: not a valid CSV row ({fault}); mend its quotes"
        ) from None
