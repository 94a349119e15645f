"""Read a CSV strictly as text: no guessed types, no shifted cells, no mojibake."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from register.cells.blanks import BLANKS, trimmed
from register.errors import SourceError
from register.sources.delivery import Sheet, row_numbers
from register.sources.encoding import decode
from register.sources.header import BEYOND, check_names
from register.sources.separator import COMMA, SEPARATORS, separator_of

LINE_END = re.compile("\r\n|\r|\n")
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


def read_csv(path: Path, raw: bytes, header: int = 1) -> Sheet:
    """Read all cells as text, empty ones as missing.

    Parameters
    ----------
    path : Path
        For messages.
    raw : bytes
        The whole file; see `register.sources.encoding.decode` for the encodings and
        `register.sources.separator` for what parts the cells.
    header : int
        Line that names the columns; a ``sep=`` line is none.

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
    text = _opened(path, decoded, header)
    plain = _read_plain(text)
    frame, rows = _read_quoted(text) if plain is None else (plain, row_numbers(len(plain)) + text.above)
    notes = [f"编码 / encoding {encoding}"]
    if text.separator != COMMA:
        notes.append(f"分隔符 / separator {SEPARATORS[text.separator]}")
    return Sheet.of(_named(text, frame, rows), *notes, rows=rows)


def _opened(path: Path, decoded: str, header_line: int) -> _Text:
    beneath, above = _below(decoded, header_line - 1)
    separator, has_sep_line = separator_of(path, beneath)
    body, sep_line = _below(beneath, int(has_sep_line))
    above += sep_line
    records = _records(path, body, separator, above)
    first = next(records, [])
    if any("\0" in name for name in first):
        raise SourceError(f"{path}: found zero bytes, so not UTF-8 text; save the file as CSV UTF-8")
    header = [name.strip(BLANKS) for name in first]
    if header and all(len(name) > 1 and name[0] == name[-1] == "'" for name in header):
        raise SourceError(f"{path}: the cells are quoted with '; save the file as CSV UTF-8, which takes \"")
    last = max((place for place, name in enumerate(header, start=1) if name), default=0)
    check_names(path, header[:last])
    second = next((cells for cells in records if any(cell.strip(BLANKS) for cell in cells)), header)
    # Some programs end the header with a separator, and no row.
    unnamed = 0 if len(second) == last else len(header) - last
    return _Text(path, body, separator, above, header[:last], unnamed)


def _below(text: str, lines: int) -> tuple[str, int]:
    """Leave out the first lines, and blank ones beneath them; say how many."""
    rest = LINE_END.split(text, maxsplit=lines)[-1] if lines else text
    first = len(rest) - len(rest.lstrip(BLANKS + "".join(SEPARATORS)))
    start = max(rest.rfind(end, 0, first) for end in "\r\n") + 1  # an empty cell may begin the header
    return rest[start:], lines + len(LINE_END.findall(rest[:start]))


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
            raise _other_width(text, number, cells)
        block.append([cell or None for cell in cells])
        numbers.append(number)
        if len(block) == BLOCK:
            blocks.append(pl.DataFrame(block, schema=schema, orient="row"))
            block = []
    frame = pl.concat([*blocks, pl.DataFrame(block, schema=schema, orient="row")])
    return frame, pl.Series(numbers, dtype=pl.UInt32)


def _other_width(text: _Text, number: int, cells: list[str]) -> SourceError:
    """Say what a row of another width than the header may be."""
    widths = f"found {len(cells)} cells, the header has {len(text.columns)}"
    further = cells[len(text.columns) :]
    guess = "the file is cut or a comma is not quoted; mend the row or ask for the file again"
    if len(text.names) == 1:
        guess = f"row {1 + text.above} seems to be a title; remove what stands above the column names"
    elif number == 2 + text.above and len(further) == 1 and further[0].strip(BLANKS):
        guess = "the header lacks the name of a column, or a comma in the row is not quoted; mend which it is"
    elif number == 2 + text.above and further and not any(cell.strip(BLANKS) for cell in further):
        guess = (
            "rows end in a separator where the header does not: end the header with one too, then run again"
        )
    return SourceError(f"{text.path} row {number}: {widths}; {guess}")


def _named(text: _Text, frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """Drop the columns behind the header, which must be empty."""
    for name in frame.columns[len(text.names) :]:
        filled = rows.filter(frame.select(trimmed(pl.col(name)).is_not_null()).to_series())
        if len(filled):
            raise SourceError(f"{text.path} row {filled[0]}: a cell {BEYOND}")
    return frame.select(text.names)


def _records(path: Path, text: str, separator: str, above: int) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    try:
        yield from reader
    except csv.Error as fault:
        raise SourceError(
            f"{path} line {reader.line_num + above}: not a valid CSV row ({fault}); write a quote within a "
            "text twice, and quote the whole text"
        ) from None
