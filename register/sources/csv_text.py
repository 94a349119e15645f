"""Read a CSV strictly as text: no guessed types, no shifted cells, no mojibake."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from register.blanks import BLANKS, trimmed
from register.errors import SourceError
from register.sources.delivery import Sheet, row_numbers
from register.sources.encoding import decode
from register.sources.header import check_names
from register.sources.separator import COMMA, SEPARATORS, separator_of

#: Rows turned into columns at a time, so that Python objects of one block only are alive.
BLOCK = 50_000


@dataclass(frozen=True)
class _Text:
    """A decoded file from its header on.

    Attributes
    ----------
    above : int
        Lines above the header.
    names : list of str
        What the header says.
    unnamed : int
        Columns behind them that have no name: spreadsheets write them where cells were cleared.
    """

    path: Path
    body: str
    separator: str
    above: int
    names: list[str]
    unnamed: int

    @property
    def columns(self) -> list[str]:
        """Give every column a name."""
        return [*self.names, *(f"\0{number}" for number in range(self.unnamed))]

    def records(self) -> Iterator[list[str]]:
        """Give all rows, the header first, as the csv module reads them."""
        return _records(self.path, self.body, self.separator, self.above)


def read_csv(path: Path, raw: bytes) -> Sheet:
    """Read all cells as text, empty ones as missing.

    Parameters
    ----------
    path : Path
        For messages.
    raw : bytes
        The whole file; see `register.sources.encoding.decode` for the encodings and
        `register.sources.separator` for what parts the cells.

    Returns
    -------
    Sheet
        All columns String, rows in file order; lines without any value are no rows.

    Raises
    ------
    SourceError
        When the encoding is unknown or ambiguous, the separator is not clear, a quote stays
        open, or a row has more or fewer cells than the header (a cut or shifted file).
    ContractError
        When a column name is empty or doubled.
    """
    decoded, encoding = decode(path, raw)
    text = _opened(path, decoded)
    plain = _read_plain(text)
    frame, rows = _read_quoted(text) if plain is None else (plain, row_numbers(len(plain)) + text.above)
    told = [f"编码 / encoding {encoding}"]
    if text.separator != COMMA:
        told.append(f"分隔符 / separator {SEPARATORS[text.separator]}")
    return Sheet.of(_named(text, frame, rows), *told, rows=rows)


def _opened(path: Path, decoded: str) -> _Text:
    separator, is_told = separator_of(path, decoded)
    body = re.split("\r\n|\r|\n", decoded, maxsplit=1)[-1] if is_told else decoded
    first = next(_records(path, body, separator, int(is_told)), [])
    if any("\0" in name for name in first):
        raise SourceError(f"{path}: found zero bytes, so not UTF-8 text; save the file as CSV UTF-8")
    header = [name.strip(BLANKS) for name in first]
    if header and all(len(name) > 1 and name[0] == name[-1] == "'" for name in header):
        raise SourceError(f"{path}: the cells are quoted with '; save the file as CSV UTF-8, which takes \"")
    last = max((place for place, name in enumerate(header, start=1) if name), default=0)
    check_names(path, header[:last])
    return _Text(path, body, separator, int(is_told), header[:last], len(header) - last)


def _read_plain(text: _Text) -> pl.DataFrame | None:
    """Read fast what needs no care; None where a row could have another width than the header.

    Polars refuses rows that are too long; if none is and the separators add up, none is short.
    """
    body = text.body.rstrip("\r\n")
    if '"' in body or "\r" in body.replace("\r\n", "\n"):
        return None
    rows = body.count("\n") + 1
    if body.count(text.separator) != rows * (len(text.columns) - 1):
        return None
    schema = dict.fromkeys(text.columns, pl.String())
    try:
        frame = pl.read_csv(io.BytesIO(body.encode()), schema=schema, separator=text.separator)
    except pl.exceptions.PolarsError:
        return None
    return frame if len(frame) == rows - 1 else None


def _read_quoted(text: _Text) -> tuple[pl.DataFrame, pl.Series]:
    """Read row by row; give the table and the number of every row."""
    schema = dict.fromkeys(text.columns, pl.String())
    blocks, block, numbers = [pl.DataFrame(schema=schema)], [], []
    for number, cells in enumerate(text.records(), start=1 + text.above):
        if number == 1 + text.above or not any(cell.strip(BLANKS) for cell in cells):
            continue
        if len(cells) != len(schema):
            raise SourceError(
                f"{text.path} row {number}: found {len(cells)} cells, the header has {len(schema)}; "
                "the file is cut or a comma is not quoted; mend the row or ask for the file again"
            )
        block.append([cell or None for cell in cells])
        numbers.append(number)
        if len(block) == BLOCK:
            blocks.append(pl.DataFrame(block, schema=schema, orient="row"))
            block = []
    frame = pl.concat([*blocks, pl.DataFrame(block, schema=schema, orient="row")])
    return frame, pl.Series(numbers, dtype=pl.UInt32)


def _named(text: _Text, frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """Drop the columns behind the header, which must be empty."""
    for name in frame.columns[len(text.names) :]:
        filled = rows.filter(frame.select(trimmed(pl.col(name)).is_not_null()).to_series())
        if len(filled):
            raise SourceError(
                f"{text.path} row {filled[0]}: a cell lies beyond the header; name its column or clear it"
            )
    return frame.select(text.names)


def _records(path: Path, text: str, separator: str, above: int) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    try:
        yield from reader
    except csv.Error as fault:
        raise SourceError(
            f"{path} line {reader.line_num + above}: not a valid CSV row ({fault}); mend its quotes"
        ) from None
